import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A loaded machine takes its time over lazily loaded pages; whoever waits for long waits for a failure.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
