import { createApp } from '@backstage/frontend-defaults';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { navigation } from './navigation/Navigation';
import { signInPage } from './signInPage';

/**
 * The portal's frontend. Plugins are not named here: every direct dependency
 * of this package with a frontend role is installed (`app.packages: all`).
 */
export default createApp({
  features: [
    createFrontendModule({
      pluginId: 'app',
      extensions: [navigation, signInPage],
    }),
  ],
});
