import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  PluginHeaderActionBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiCloudLine } from '@remixicon/react';
import { hetznerInfraApiRef } from './api/HetznerInfraApi';
import { HetznerInfraClient } from './api/HetznerInfraClient';
import { environmentCard, environmentContent } from './entity/extensions';
import {
  catalogEntityRouteRef,
  changeEnvironmentRouteRef,
  connectionsRouteRef,
  createEnvironmentRouteRef,
  environmentRouteRef,
  environmentsRouteRef,
  operationRouteRef,
  orphansRouteRef,
  rootRouteRef,
  scaffolderTaskRouteRef,
  templateWizardRouteRef,
} from './routes';

const clientApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: hetznerInfraApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new HetznerInfraClient({ fetchApi }),
    }),
});

const page = PageBlueprint.make({
  params: { path: '/hetzner', routeRef: rootRouteRef },
});

// A page of its own: a sub-page would stand among the tabs.
const createPage = PageBlueprint.make({
  name: 'create',
  params: {
    path: '/hetzner/create',
    title: 'Create environment',
    loader: async () => {
      const { loadCreate } = await import('./pages');
      const { CreateEnvironmentPage } = await loadCreate();
      return <CreateEnvironmentPage />;
    },
  },
});

const changePage = PageBlueprint.make({
  name: 'change',
  params: {
    path: '/hetzner/change',
    title: 'Change environment',
    loader: async () => {
      const { loadChange } = await import('./pages');
      const { ChangeEnvironmentRouter } = await loadChange();
      return <ChangeEnvironmentRouter />;
    },
  },
});

const createAction = PluginHeaderActionBlueprint.make({
  name: 'create',
  params: {
    loader: async () => {
      const { CreateEnvironmentLink } = await import('./pages');
      return <CreateEnvironmentLink />;
    },
  },
});

// The first one is what `/hetzner` leads to.
const environments = SubPageBlueprint.make({
  name: 'environments',
  params: {
    path: 'environments',
    title: 'All environments',
    loader: async () => {
      const { loadEnvironments } = await import('./pages');
      const { EnvironmentsRouter } = await loadEnvironments();
      return <EnvironmentsRouter />;
    },
  },
});

const operations = SubPageBlueprint.make({
  name: 'operations',
  params: {
    path: 'operations',
    title: 'Operations',
    loader: async () => {
      const { loadOperations } = await import('./pages');
      const { OperationsRouter } = await loadOperations();
      return <OperationsRouter />;
    },
  },
});

const connections = SubPageBlueprint.make({
  name: 'connections',
  params: {
    path: 'connections',
    title: 'Connections',
    loader: async () => {
      const { loadConnections } = await import('./pages');
      const { ConnectionsPage } = await loadConnections();
      return <ConnectionsPage />;
    },
  },
});

const orphans = SubPageBlueprint.make({
  name: 'orphans',
  params: {
    path: 'orphans',
    title: 'Orphans',
    loader: async () => {
      const { loadOrphans } = await import('./pages');
      const { OrphansPage } = await loadOrphans();
      return <OrphansPage />;
    },
  },
});

/** Pages and API client of hetzner-infra. */
export default createFrontendPlugin({
  pluginId: 'hetzner-infra',
  title: 'Environments',
  icon: <RiCloudLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    environments: environmentsRouteRef,
    createEnvironment: createEnvironmentRouteRef,
    changeEnvironment: changeEnvironmentRouteRef,
    environment: environmentRouteRef,
    operation: operationRouteRef,
    connections: connectionsRouteRef,
    orphans: orphansRouteRef,
  },
  externalRoutes: {
    templateWizard: templateWizardRouteRef,
    scaffolderTask: scaffolderTaskRouteRef,
    catalogEntity: catalogEntityRouteRef,
  },
  extensions: [
    clientApi,
    page,
    createPage,
    changePage,
    createAction,
    environments,
    operations,
    connections,
    orphans,
    environmentCard,
    environmentContent,
  ],
});
