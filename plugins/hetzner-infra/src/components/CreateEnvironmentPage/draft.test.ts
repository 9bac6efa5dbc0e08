import { forgetDraft, keepDraft, readDraft } from './draft';

afterEach(() => {
  jest.restoreAllMocks();
  sessionStorage.clear();
});

describe('draft', () => {
  it('is kept for its preset until it is forgotten', () => {
    keepDraft('mvp', { name: 'shop' });
    expect(readDraft('mvp')).toEqual({ name: 'shop' });
    expect(readDraft('staging')).toBeUndefined();
    forgetDraft();
    expect(readDraft('mvp')).toBeUndefined();
  });

  it('is none where the browser keeps nothing, or something else', () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('Full');
    });
    expect(() => keepDraft('mvp', { name: 'shop' })).not.toThrow();
    expect(readDraft('mvp')).toBeUndefined();
    jest.restoreAllMocks();
    sessionStorage.setItem('hetzner-infra.create-environment', '{');
    expect(readDraft('mvp')).toBeUndefined();
  });
});
