import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The plugin's page. */
export const rootRouteRef = createRouteRef();

/** The list of environments; its filter and order are query parameters. */
export const environmentsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/environments',
});

/** The page that creates an environment; `?preset=` names where its form starts from. */
export const createEnvironmentRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/create',
});

/** The page that changes an environment. */
export const changeEnvironmentRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/change/:name',
});

/** One environment; `/resources` and `/operations` below it are its other tabs. */
export const environmentRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/environments/:name',
});

/** One operation, running or past. */
export const operationRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/operations/:id',
});

/** The connections to providers. */
export const connectionsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/connections',
});

/** What environments and their clusters left behind. */
export const orphansRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/orphans',
});

/** The wizard of a software template; where *Remove* leads. */
export const templateWizardRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});

/** A task of the scaffolder; where the log of a refused order is. */
export const scaffolderTaskRouteRef = createExternalRouteRef({
  params: ['taskId'],
  defaultTarget: 'scaffolder.ongoingTask',
});

/** The page of a catalog entity; where owners lead. */
export const catalogEntityRouteRef = createExternalRouteRef({
  params: ['kind', 'namespace', 'name'],
  defaultTarget: 'catalog.catalogEntity',
});
