import Big from 'big.js';

// Net prices in EUR of 15 June 2026, without IPv4, as the public tracker
// robhunter/agentdeals (pull request 1286, issue 1324) read them from
// Hetzner's price interface in September 2026; those of ccx63, of cpx11 to
// cpx51 and of snapshots are from mixxor/eu-cloud-prices, prices/hetzner.json of
// 17 August 2026, whose rows hold 19 % VAT and, for servers, one IPv4. They are
// sample data: the real API tells the real ones.

/** The currency of every price. */
export const CURRENCY = 'EUR';

/** Value added tax in percent; the API answers zero unless an account has one. */
export const VAT_RATE = '0.000000';

const TIB = 2 ** 40;

/** Included traffic of servers and load balancers in the EU: 20 TiB in bytes. */
export const INCLUDED_TRAFFIC_BYTES = 20 * TIB;

/** TiB that servers in the US include; docs.hetzner.com, changes of 1 December 2024. */
const includedTibInUs: Record<string, number> = {
  cpx11: 1,
  cpx21: 2,
  cpx31: 3,
  cpx41: 4,
  cpx51: 5,
};

/** What a server or load balancer type may send without extra cost, in bytes. */
export const includedTraffic = (type: string) =>
  type in includedTibInUs
    ? includedTibInUs[type] * TIB
    : INCLUDED_TRAFFIC_BYTES;

/** Net price of a TB beyond the included traffic. */
const TRAFFIC_PER_TB = '1.00';

/** Hours after which the monthly cap is reached: 5.49 a month is 0.0088 an hour. */
const HOURS_PER_MONTH = 624;

/** Net prices per month of what is neither a server nor a load balancer. */
export const monthlyPrices = {
  /** docs.hetzner.com, Primary IPs. */
  primaryIpv4: '0.50',
  primaryIpv6: '0.00',
  /** Per GB; devantler-tech/platform, API read 2026-05-27. */
  volumePerGb: '0.0572',
  /** Per GB of a snapshot. */
  imagePerGb: '0.0143',
  /** An older price list: no source gives that of today. */
  floatingIpv4: '3.00',
  floatingIpv6: '1.00',
  /** Percent of the server's price. */
  backupPercentage: '20',
};

/** A price as the API writes it: ten decimals net, up to sixteen gross. */
export function price(net: Big.BigSource) {
  return { net: new Big(net).toFixed(10), gross: new Big(net).toFixed(16) };
}

/** Monthly price and the hourly one that reaches it, rounded to 4 decimals. */
export function hourlyAndMonthly(monthlyNet: string) {
  return {
    price_hourly: price(new Big(monthlyNet).div(HOURS_PER_MONTH).round(4)),
    price_monthly: price(monthlyNet),
  };
}

interface Priced {
  name: string;
  monthly: string | null;
  locations: readonly string[];
}

/** Every answer about a server has them, and they do not change. */
const knownRows = new WeakMap<Priced, ReturnType<typeof newRows>>();

/** Price rows of a type, which costs the same wherever it is sold. */
export function priceRows(type: Priced) {
  const rows = knownRows.get(type) ?? newRows(type);
  knownRows.set(type, rows);
  return rows;
}

function newRows(type: Priced) {
  const { name, monthly, locations } = type;
  if (monthly === null) return [];
  return locations.map(location => ({
    location,
    ...hourlyAndMonthly(monthly),
    included_traffic: includedTraffic(name),
    price_per_tb_traffic: price(TRAFFIC_PER_TB),
  }));
}
