// Amounts, quantities and times as people read them.
import { decimal, exact, times } from './exact.js';

const LOCALE = 'en-US';
const MOST_DECIMALS = 12;

/** "$20", "$0.99", "$0.000004": without cents where there are none. */
export function price({ amount, currency }) {
  const format = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' };
  return grouped(amount, { ...format, maximumFractionDigits: MOST_DECIMALS });
}

/** "$20.00": an amount in a column, with all of its cents, and finer where it is finer. */
export function amount({ amount: text, currency }) {
  return grouped(text, { style: 'currency', currency, maximumFractionDigits: MOST_DECIMALS });
}

/** "1,200.5" */
export function quantity(text) {
  return grouped(text, { maximumFractionDigits: MOST_DECIMALS });
}

/** "100M", "1.5B", "1,200": short where nothing is lost. */
export function short(text) {
  const isShort = /^\d{2,}00000$/.test(text);
  return isShort ? grouped(text, { notation: 'compact', maximumFractionDigits: 1 }) : quantity(text);
}

function grouped(text, options) {
  // As text, so that no digit is lost on the way through a float.
  return new Intl.NumberFormat(LOCALE, options).format(text);
}

/** "238.438 GB": near enough for a glance; what is billed is exact. */
export function roughly(text, name) {
  return `${grouped(text, { maximumFractionDigits: 3 })} ${noun(name, text)}`;
}

/** How many decimals amounts of a currency have. */
export function digitsOf(currency) {
  const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits;
}

/** "ticket", "tickets", "companies" */
export function noun(name, count) {
  if (count === '1') return name;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  // Units like "1M tokens", "GB" and "percent" have no other number.
  if (/\d|^[A-Z]+$|^percent$|^unit of /.test(name)) return name;
  return name + (/(s|x|z|ch|sh)$/.test(name) ? 'es' : 's');
}

/** "500 tickets", "500 × 1K tokens" */
export function counted(text, name) {
  return `${short(text)} ${/^\d/.test(name) ? '× ' : ''}${noun(name, text)}`;
}

/** "$0.99" of a ticket, "$4" of 1M tokens: what the unit that is shown costs. */
export function shownPrice(unitAmount, { display }) {
  if (!display) return price(unitAmount);
  const shown = decimal(times(exact(unitAmount.amount), exact(display.per)), MOST_DECIMALS * 2);
  return price({ ...unitAmount, amount: shown });
}

/** "$0.99 per ticket", "$4 per 1M tokens" */
export function unitPrice(unitAmount, unit) {
  return `${shownPrice(unitAmount, unit)} per ${unit.display?.name ?? unit.name}`;
}

const CYCLES = { '1 MONTH': 'month', '3 MONTH': 'quarter', '1 YEAR': 'year' };

/** "month", "quarter", "2 weeks": after "a", "every" or "per". */
export function cycle({ interval, intervalCount }) {
  const unit = interval.toLowerCase();
  const one = intervalCount === 1 ? unit : `${intervalCount} ${unit}s`;
  return CYCLES[`${intervalCount} ${interval}`] ?? one;
}

/** "a month", "every 2 weeks": after an amount. */
export function every(found) {
  const name = cycle(found);
  return /^\d/.test(name) ? `every ${name}` : `a ${name}`;
}

/** "June 1, 2026", of a local day. */
export function day(text) {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${text}T00:00:00Z`),
  );
}

/** "June 1, 2026", of the day that an instant is on in a zone. */
export function dayOf(instant, timeZone) {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone }).format(new Date(instant));
}

/** "Jun 1 – Jun 30, 2026": both days included, as people say it. */
export function days(period, timeZone) {
  const format = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone });
  const last = new Date(new Date(period.endsAt).getTime() - 1);
  return format.formatRange(new Date(period.startsAt), last);
}

/** "June 1, 2026" for people and machines. */
export function sentence(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? '' : '.');
}
