import scaffolderModule from './alpha';
import plugin from './plugin';

// Discovery takes the default exports of both entries; a module of another plugin would replace nothing there.
it('carries a feature for each entry that discovery reads', () => {
  expect(plugin).toMatchObject({
    $$type: '@backstage/FrontendPlugin',
    id: 'hetzner-infra',
  });
  expect(scaffolderModule).toMatchObject({
    $$type: '@backstage/FrontendModule',
    pluginId: 'scaffolder',
  });
});
