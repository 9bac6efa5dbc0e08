import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { mutate } from 'swr';

// A loaded machine takes its time over lazily loaded pages; whoever waits for long waits for a failure.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(60_000);

// jsdom lays nothing out, so the width that media queries see is window.innerWidth (1024 unless a test says otherwise).
window.matchMedia = query => {
  const minimum = Number(/min-width:\s*(\d+)px/.exec(query)?.[1] ?? 0);
  return {
    matches: /min-width/.test(query) && window.innerWidth >= minimum,
    media: query,
    onchange: null,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
    dispatchEvent: () => false,
  };
};

// The wizard scrolls to the top of each step; jsdom lays nothing out.
window.scrollTo = () => {};

// jsdom lays nothing out, so no size ever changes.
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// What one test read must not answer the next one.
beforeEach(async () => {
  await mutate(() => true, undefined);
});
