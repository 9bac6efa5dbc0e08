import {
  createFrontendModule,
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { createApp } from '@backstage/frontend-defaults';
import { mockApis } from '@backstage/frontend-test-utils';
import {
  SignInPageBlueprint,
  type SignInPageProps,
} from '@backstage/plugin-app-react';
import { render, screen, within } from '@testing-library/react';
import { useEffect } from 'react';
import { navigation } from './Navigation';

const SignedInAtOnce = ({ onSignInSuccess }: SignInPageProps) => {
  useEffect(() => onSignInSuccess(mockApis.identity()), [onSignInSuccess]);
  return null;
};

const signedIn = SignInPageBlueprint.make({
  params: { loader: async () => SignedInAtOnce },
});

function pluginWithPage(pluginId: string, title: string) {
  return createFrontendPlugin({
    pluginId,
    title,
    icon: <svg />,
    extensions: [
      PageBlueprint.make({
        params: {
          path: `/${pluginId}`,
          routeRef: createRouteRef(),
          loader: async () => <></>,
        },
      }),
    ],
  });
}

describe('navigation', () => {
  it('puts environments first, then what is created and found, then the rest', async () => {
    const app = createApp({
      advanced: {
        configLoader: async () => ({
          config: mockApis.config({
            data: {
              app: { title: 'Xpeditis', baseUrl: 'http://localhost' },
              backend: { baseUrl: 'http://localhost:7007' },
            },
          }),
        }),
      },
      features: [
        createFrontendModule({
          pluginId: 'app',
          extensions: [navigation, signedIn],
        }),
        pluginWithPage('user-settings', 'Settings'),
        pluginWithPage('zebra', 'Zebra'),
        pluginWithPage('catalog', 'Catalog'),
        pluginWithPage('antelope', 'Antelope'),
        pluginWithPage('catalog-graph', 'Catalog Graph'),
        pluginWithPage('api-docs', 'APIs'),
        pluginWithPage('scaffolder', 'Create'),
        pluginWithPage('hetzner-infra', 'Environments'),
      ],
    });
    render(app.createRoot());

    await screen.findByRole('link', { name: 'Environments' });
    expect(
      within(screen.getByRole('navigation', { name: 'sidebar nav' }))
        .getAllByRole('link')
        .map(link => link.getAttribute('aria-label') ?? link.textContent),
    ).toEqual([
      'Xpeditis, home',
      'Environments',
      'Create',
      'Catalog',
      'APIs',
      'Antelope',
      'Zebra',
      'Settings',
    ]);
  });
});
