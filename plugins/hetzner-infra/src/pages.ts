/*
 * The way to every page. What is exported at once comes before each of them, and
 * what it needs (the texts above all) is fetched once; imported by every page on
 * its own, it would be in the script of each.
 */
export { CreateEnvironmentLink } from './components/CreateEnvironmentLink';

/** The list of environments and, below it, each of them. */
export const loadEnvironments = () => import('./components/EnvironmentsRouter');

/** The list of operations and, below it, each of them. */
export const loadOperations = () => import('./components/OperationsRouter');

/** The connections to providers. */
export const loadConnections = () =>
  import('./components/ConnectionsPage/ConnectionsPage');

/** What environments and their clusters left behind. */
export const loadOrphans = () => import('./components/OrphansPage/OrphansPage');

/** The page that creates an environment. */
export const loadCreate = () =>
  import('./components/CreateEnvironmentPage/CreateEnvironmentPage');

/** The page that changes an environment. */
export const loadChange = () =>
  import('./components/ChangeEnvironmentPage/ChangeEnvironmentRouter');

/** The card on the page of an entity. */
export const loadEntityCard = () => import('./entity/EnvironmentCard');

/** The tab on the page of an entity. */
export const loadEntityContent = () => import('./entity/EnvironmentContent');
