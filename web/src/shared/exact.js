// Exact numbers: amounts and quantities come as decimal text, and no float ever touches them.

/** The fraction that decimal text is. */
export function exact(text) {
  const [whole, decimals = ''] = text.split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
}

export function ratio(over, under) {
  return { over: BigInt(over), under: BigInt(under) };
}

export function plus(a, b) {
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

export function minus(a, b) {
  return plus(a, { over: -b.over, under: b.under });
}

export function times(a, b) {
  return { over: a.over * b.over, under: a.under * b.under };
}

/** Below, equal or above 0 as `a` is below, equal to or above `b`. */
export function compare(a, b) {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : Number(difference > 0n);
}

export function sum(numbers) {
  return numbers.reduce(plus, ratio(0, 1));
}

/** As decimal text, half away from zero; without zeros at the end. */
export function decimal(number, digits = 12) {
  const scaled = rounded(number, digits);
  const text = String(scaled < 0n ? -scaled : scaled).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const decimals = text.slice(text.length - digits).replace(/0+$/, '');
  const sign = scaled < 0n ? '-' : '';
  return sign + whole + (decimals && `.${decimals}`);
}

function rounded({ over, under }, digits) {
  const scaled = over * 10n ** BigInt(digits);
  const half = scaled < 0n ? -under / 2n : under / 2n;
  return (scaled + half) / under;
}
