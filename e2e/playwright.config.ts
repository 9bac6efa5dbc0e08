import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import {
  backendUrl,
  choosePortal,
  portalUrl,
  root,
} from './portal/portalUnderTest';

const isRunning = choosePortal();

/** Debian's Chromium, unless CHROMIUM_PATH names another; Playwright's own where neither is. */
function findChromium(): string | undefined {
  const debian = '/usr/bin/chromium';
  return process.env.CHROMIUM_PATH ?? (existsSync(debian) ? debian : undefined);
}

/** The first start installs packages and builds the app. */
const START_TIMEOUT_MILLISECONDS = 20 * 60_000;

export default defineConfig({
  outputDir: '../test-results',
  // All tests share one portal and one project of the provider.
  workers: 1,
  timeout: 3 * 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: !!process.env.CI,
  reporter: 'list',
  use: {
    baseURL: portalUrl(),
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // What cannot be pressed by then never will be.
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      // Chromium has no sandbox for root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  projects: process.env.PICTURES
    ? [{ name: 'pictures', testDir: 'pictures', timeout: 10 * 60_000 }]
    : [
        { name: 'light', testDir: 'tests', use: { colorScheme: 'light' } },
        // The stories that look at pages with axe, for the contrast of each.
        {
          name: 'dark',
          testDir: 'tests',
          testMatch: /(pages|connections)\.spec\.ts/,
          use: { colorScheme: 'dark' },
        },
      ],
  webServer: isRunning
    ? undefined
    : {
        command: 'node scripts/portal.mjs start',
        cwd: root,
        url: `${backendUrl()}/.backstage/health/v1/readiness`,
        timeout: START_TIMEOUT_MILLISECONDS,
        stdout: 'pipe',
        gracefulShutdown: { signal: 'SIGINT', timeout: 30_000 },
      },
});
