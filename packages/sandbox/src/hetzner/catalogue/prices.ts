import Big from 'big.js';

// Net prices in EUR of 15 June 2026, without IPv4, as the public tracker
// robhunter/agentdeals (pull request 1286, issue 1324) read them from
// Hetzner's price interface in September 2026. They are sample data: the real
// API tells the real ones.

/** The currency of every price. */
export const CURRENCY = 'EUR';

/** Value added tax in percent; the API answers zero unless an account has one. */
export const VAT_RATE = '0.000000';

/** Included traffic of servers and load balancers in the EU: 20 TiB in bytes. */
export const INCLUDED_TRAFFIC_BYTES = 21_990_232_555_520;

/** Net price of a TB beyond the included traffic in the EU. */
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
  /** Per GB; not created by the sandbox, older price list. */
  imagePerGb: '0.0110',
  /** Not created by the sandbox, older price list. */
  floatingIpv4: '3.00',
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

/** Price rows of something that costs the same in several locations. */
export function priceRows(
  monthlyNet: string,
  locationNames: readonly string[],
) {
  return locationNames.map(location => ({
    location,
    ...hourlyAndMonthly(monthlyNet),
    included_traffic: INCLUDED_TRAFFIC_BYTES,
    price_per_tb_traffic: price(TRAFFIC_PER_TB),
  }));
}
