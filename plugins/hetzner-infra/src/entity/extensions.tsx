import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { ENVIRONMENT_ANNOTATION } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Entities of environments, their parts, and the components that say where they run. */
const namesEnvironment = {
  [`metadata.annotations.${ENVIRONMENT_ANNOTATION}`]: { $exists: true },
};

/** Card *Environment* on the page of an entity. */
export const environmentCard = EntityCardBlueprint.make({
  name: 'environment',
  params: {
    type: 'info',
    filter: namesEnvironment,
    loader: async () => {
      const { loadEntityCard } = await import('../pages');
      const { EnvironmentCard } = await loadEntityCard();
      return <EnvironmentCard />;
    },
  },
});

/** Tab *Environment* on the page of an entity. */
export const environmentContent = EntityContentBlueprint.make({
  name: 'environment',
  params: {
    path: '/environment',
    title: 'Environment',
    group: 'deployment',
    filter: namesEnvironment,
    loader: async () => {
      const { loadEntityContent } = await import('../pages');
      const { EnvironmentContent } = await loadEntityContent();
      return <EnvironmentContent />;
    },
  },
});
