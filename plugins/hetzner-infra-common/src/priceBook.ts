/** An entry of the price book, for what has no price API. Monthly amounts are net. */
export interface PriceBookEntry {
  description: string;
  monthly: string;
  /** Where the price depends on use: what it can come to. */
  monthlyMax?: string;
  currency: string;
  /** The page or document that the price was read from. */
  source: string;
  /** Day on which it was read, as YYYY-MM-DD. */
  asOf: string;
}

/** What the price book can price. */
export type PriceBookKey = 'objectStorage' | 'cloudflare' | 'neon' | 'upstash';

/** Dated prices from the configuration. */
export type PriceBook = Partial<Record<PriceBookKey, PriceBookEntry>>;

/** Where a price of the book comes from, with its date. */
export function bookSource({ source, asOf }: PriceBookEntry): string {
  return `${source}, ${asOf}`;
}
