import Big from 'big.js';

/** A net amount as a decimal string, such as `49.20`. Never a floating point number. */
export type Money = string;

/** Sum of amounts in one currency. */
export function sum(amounts: Money[]): Money {
  return amounts
    .reduce((total, amount) => total.plus(amount), Big(0))
    .toString();
}

/** An amount times a number of pieces. */
export function times(amount: Money, quantity: number): Money {
  return Big(amount).times(quantity).toString();
}

/** An amount divided by a number of pieces, to six places. */
export function dividedBy(amount: Money, pieces: number): Money {
  return Big(amount).div(pieces).round(6, Big.roundHalfUp).toString();
}

/** The first amount less the second. */
export function minus(amount: Money, other: Money): Money {
  return Big(amount).minus(other).toString();
}

/** Order of two amounts: negative when the first is smaller. */
export function compareMoney(a: Money, b: Money): number {
  return Big(a).cmp(b);
}

/** An amount a month, rounded half up to cents, such as `49.20`. */
export function monthly(amount: Money): Money {
  return Big(amount).toFixed(2, Big.roundHalfUp);
}

/** An amount an hour, rounded half up to hundredths of a cent, such as `0.0088`. */
export function hourly(amount: Money): Money {
  return Big(amount).toFixed(4, Big.roundHalfUp);
}
