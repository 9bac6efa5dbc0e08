import { createApp } from '@backstage/frontend-defaults';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { render, screen } from '@testing-library/react';
import { signInPage } from './signInPage';

function renderAppIn(environment: string) {
  const app = createApp({
    features: [
      createFrontendModule({ pluginId: 'app', extensions: [signInPage] }),
    ],
    advanced: {
      configLoader: async () => ({
        config: mockApis.config({
          data: {
            app: { title: 'Xpeditis', baseUrl: 'http://localhost' },
            auth: { environment },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        }),
      }),
    },
  });
  render(app.createRoot());
}

describe('the sign-in page', () => {
  it('lets a guest enter the local portal', async () => {
    renderAppIn('development');

    expect(await screen.findByRole('button', { name: 'Enter' })).toBeVisible();
    expect(screen.queryByText('GitHub')).not.toBeInTheDocument();
  });

  it('knows no guests in production', async () => {
    renderAppIn('production');

    expect(await screen.findByText('GitHub')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Enter' }),
    ).not.toBeInTheDocument();
  });
});
