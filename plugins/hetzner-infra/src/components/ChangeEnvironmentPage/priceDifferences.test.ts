import { sampleQuote } from '../../__testUtils__/samples';
import { priceDifferences } from './priceDifferences';

const [line] = sampleQuote().lines;

describe('priceDifferences', () => {
  it('is what stands after the change less what stands now', () => {
    expect(
      priceDifferences([{ currency: 'EUR', monthly: '49.20' }], sampleQuote()),
    ).toEqual([
      {
        currency: 'EUR',
        now: '49.20',
        afterwards: '30.98',
        difference: '-18.22',
      },
    ]);
  });

  it('leaves out what is priced and not created', () => {
    const quote = sampleQuote({
      lines: [line, { ...line, key: 'cloudflare', monthly: '25.00' }],
    });
    expect(
      priceDifferences([{ currency: 'EUR', monthly: '30.98' }], quote)[0]
        .difference,
    ).toBe('0.00');
  });

  it('never adds two currencies', () => {
    const quote = sampleQuote({ lines: [{ ...line, currency: 'USD' }] });
    expect(
      priceDifferences([{ currency: 'EUR', monthly: '1.00' }], quote).map(
        ({ currency, difference }) => [currency, difference],
      ),
    ).toEqual([
      ['EUR', '-1.00'],
      ['USD', '30.98'],
    ]);
  });
});
