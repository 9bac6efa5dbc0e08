import {
  readOperationsFilter,
  writeOperationsFilter,
  type OperationsFilter,
} from './operationsFilter';

describe('the filter of operations in the address', () => {
  it.each<[string, OperationsFilter]>([
    ['', {}],
    ['state=failed', { state: 'failed' }],
    [
      'state=running&goal=remove&environment=xpeditis-prod',
      { state: 'running', goal: 'remove', environment: 'xpeditis-prod' },
    ],
    ['state=broken&goal=&environment=', {}],
  ])('reads %j', (address, filter) => {
    expect(readOperationsFilter(new URLSearchParams(address))).toEqual(filter);
  });

  it('comes back as it was written, and leaves the rest alone', () => {
    const filter = { state: 'failed', environment: 'a b' } as const;
    const written = writeOperationsFilter(
      filter,
      new URLSearchParams('view=list&goal=remove'),
    );
    expect(readOperationsFilter(written)).toEqual({
      ...filter,
      goal: undefined,
    });
    expect(written.get('view')).toBe('list');
    expect(writeOperationsFilter({}, written).toString()).toBe('view=list');
  });
});
