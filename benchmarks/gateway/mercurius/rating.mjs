// A graduated charge with exact numbers: quantities and prices in units of 10^-12.
const DIGITS = 12
const ONE = 10n ** BigInt(DIGITS)

function scaled (text) {
  const [whole, decimals = ''] = text.split('.')
  return BigInt(whole + decimals.padEnd(DIGITS, '0'))
}

function plain (value, digits) {
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0')
  const shown = `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, '')
  return value < 0n ? `-${shown}` : shown
}

export function rate (model, quantity, currency) {
  const units = scaled(quantity)
  const money = (amount) => ({ amount, currency })
  const steps = []
  let sum = 0n
  let begin = 0n
  for (const [index, { upTo, unitAmount, flatAmount }] of model.tiers.entries()) {
    if (units <= begin) break
    const end = upTo === null ? units : scaled(upTo)
    const inside = (units < end ? units : end) - begin
    const amount = inside * scaled(unitAmount.amount) + scaled(flatAmount.amount) * ONE
    sum += amount
    begin = end
    steps.push({
      kind: 'TIER',
      tier: index + 1,
      quantity: plain(inside, DIGITS),
      unitAmount,
      flatAmount,
      amount: money(plain(amount, 2 * DIGITS))
    })
  }
  const cent = ONE * ONE / 100n
  const cents = (2n * sum + cent) / (2n * cent)
  const rounding = cents * cent - sum
  if (rounding !== 0n) {
    const amount = money(plain(rounding, 2 * DIGITS))
    steps.push({ kind: 'ROUNDING', tier: null, quantity: null, unitAmount: null, flatAmount: null, amount })
  }
  const total = money(plain(cents, 2))
  return { quantity: plain(units, DIGITS), amount: total, total, steps }
}
