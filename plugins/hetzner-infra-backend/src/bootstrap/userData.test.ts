import { EXAMPLE_CLUSTER, fixture } from '../__testUtils__/exampleCluster';
import { userData, type BootingServer } from './userData';

const CONTROL_PLANE_1: BootingServer = {
  role: 'control-plane',
  address: '10.0.1.254',
};
const CONTROL_PLANE_2: BootingServer = {
  role: 'control-plane',
  address: '10.0.1.253',
};
const WORKER: BootingServer = { role: 'worker', pool: 'web' };

describe('userData', () => {
  it.each([
    ['control-plane-1.user-data', CONTROL_PLANE_1],
    ['control-plane-2.user-data', CONTROL_PLANE_2],
    ['worker.user-data', WORKER],
  ])('is %s, byte by byte', (name, server) => {
    const made = userData(EXAMPLE_CLUSTER, server);
    expect(made).toBe(fixture(name, made));
  });
});
