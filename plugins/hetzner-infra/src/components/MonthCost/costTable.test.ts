import { sampleCost } from '../../__testUtils__/samples';
import { byCurrency, costAsCsv } from './costTable';

it('writes a row for each line and day that spreadsheets read', () => {
  expect(costAsCsv(sampleCost())).toBe(
    [
      'environment,day,line,description,amount,currency,source',
      'xpeditis-prod,2026-11-20,pool-web,"Workers of the pool web, cx43",0.7936,EUR,Provider’s price list',
      'xpeditis-prod,2026-11-21,pool-web,"Workers of the pool web, cx43",1.1904,EUR,Provider’s price list',
      'xpeditis-prod,2026-11-21,load-balancer,"Load balancer, lb11",0.288,EUR,Provider’s price list',
      '',
    ].join('\r\n'),
  );
});

it('doubles quotes', () => {
  const [line] = sampleCost().lines;
  expect(
    costAsCsv({
      environment: 'a',
      lines: [{ ...line, description: 'a "big" one', source: 's' }],
    }),
  ).toContain('"a ""big"" one"');
});

it('parts lines by currency', () => {
  const [line] = sampleCost().lines;
  expect(
    byCurrency([line, { ...line, currency: 'USD' }, line]).map(
      ([currency, lines]) => [currency, lines.length],
    ),
  ).toEqual([
    ['EUR', 2],
    ['USD', 1],
  ]);
});
