// What a reader of an estimate fills in: a number and a slider for each quantity that is priced.
import { element } from '../shared/elements.js';
import { compare, decimal, exact, times } from '../shared/exact.js';
import { counted, noun, quantity } from '../shared/words.js';
import { unitOf } from './prices.js';

const NUMBER = /^(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,12})?$/;
const STEPS = 100;

/** Whether a charge has parts per event, so that a quantity alone has no price. */
export function pricesEvents(charge) {
  const { model } = charge;
  return Boolean(
    model.flatAmountPerEvent || model.minimumPerEvent || model.maximumPerEvent || model.includedEvents,
  );
}

/** The fields of a plan, by the key of their charge; charges without a quantity have none. */
export function fieldsOf(plan, onChange) {
  const fields = new Map();
  const declared = new Map();
  for (const charge of plan.charges) {
    const name = charge.quantity?.name;
    if (charge.meter) {
      fields.set(charge.key, usageFields(charge, plan.currency, onChange));
    } else if (name) {
      // Charges that declare the same quantity share its field.
      if (!declared.has(name)) declared.set(name, [declaredField(charge, onChange)]);
      fields.set(charge.key, declared.get(name));
    }
  }
  return fields;
}

function usageFields(charge, currency, onChange) {
  const name = charge.meter.name ?? charge.name ?? charge.key;
  if (pricesEvents(charge)) {
    return [
      field({ label: `${name}: how many a month`, most: 100, initial: 10, whole: true }, onChange),
      field({ label: `${name}: each, on average`, most: 10_000, initial: 1_000 }, onChange),
    ];
  }
  const { display } = charge.meter.unit;
  const unit = display ? display.name : noun(charge.meter.unit.name);
  const per = display ? display.per : '1';
  const most = greatest(charge, Number(per));
  const label = `${name} ${every(charge)}`;
  const hint = isMoney(charge) ? currency : label.toLowerCase().includes(unit) ? null : unit;
  return [field({ label, hint, most, initial: usual(charge, Number(per), most), per }, onChange)];
}

/** Whether what is measured is itself an amount of money. */
export function isMoney(charge) {
  return charge.model.type.endsWith('PERCENTAGE');
}

function every(charge) {
  return charge.billingCycle?.interval === 'YEAR' ? 'a year' : 'a month';
}

/** How far the slider goes: into the last tier, or well beyond what is included. */
function greatest(charge, per) {
  const included = Number(charge.includedUnits ?? 0) / per;
  return nice(Math.max(...bounds(charge, per), included * 4) * 1.5 || 1_000);
}

/** Where the slider stands at first: a little more than is included, or the end of the first tier. */
function usual(charge, per, most) {
  const included = (Number(charge.includedUnits ?? 0) / per) * 1.5;
  return included || bounds(charge, per)[0] || most / 10;
}

/** The bounds of the tiers, for a slider only; what is asked for is never a float. */
function bounds(charge, per) {
  const tiers = charge.model.tiers ?? charge.model.stairs ?? charge.model.shares ?? [];
  return tiers.filter((tier) => tier.upTo !== null).map((tier) => Number(tier.upTo) / per);
}

/** The next number above that begins with 1, 2 or 5. */
function nice(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return power * [1, 2, 5, 10].find((each) => each * power >= number);
}

function declaredField(charge, onChange) {
  const { name, minimum, maximum } = charge.quantity;
  const least = minimum ?? '0';
  const most = Math.min(Number(maximum ?? Infinity), Math.max(Number(least) * 4, 50));
  const label = name.slice(0, 1).toUpperCase() + name.slice(1);
  const limits = { least, greatest: maximum, unit: unitOf(charge).name };
  return field({ label, most, initial: Math.max(Number(least), 5), whole: true, limits }, onChange);
}

let fieldCount = 0;

/** A labelled number with a slider beside it; `quantity()` is its text, null when it is none. */
function field({ label, hint, most, initial, per = '1', whole = false, limits = {} }, onChange) {
  fieldCount += 1;
  const id = `field-${fieldCount}`;
  const step = whole ? Math.max(1, Math.round(most / STEPS)) : most / STEPS;
  const problem = element('p', { class: 'problem', id: `${id}-problem`, 'aria-live': 'polite' });
  const number = element('input', {
    id,
    type: 'text',
    inputmode: 'decimal',
    autocomplete: 'off',
    value: shown(initial),
    'aria-describedby': problem.id,
    oninput: () => changed(number.value),
  });
  const slider = element('input', {
    type: 'range',
    min: Number(limits.least ?? 0),
    max: most,
    step,
    value: initial,
    'aria-label': `${label}, slider`,
    oninput: () => changed(shown(Number(slider.value))),
  });

  function changed(text) {
    if (number.value !== text) number.value = text;
    if (NUMBER.test(text)) slider.value = bare(text);
    check();
    onChange();
  }

  function check() {
    const found = mistake(number.value.trim(), limits);
    problem.textContent = found ?? '';
    number.setAttribute('aria-invalid', String(found !== null));
    return found === null;
  }

  const caption = element('label', { for: id }, label, hint && element('span', { class: 'quiet' }, ` in ${hint}`));
  return {
    element: element('div', { class: 'field' }, caption, element('div', { class: 'inputs' }, slider, number), problem),
    quantity: () => (check() ? decimal(times(exact(bare(number.value)), exact(per))) : null),
  };
}

/** "1,200.5", as a slider says it. */
function shown(number) {
  return quantity(decimal(exact(number.toFixed(6))));
}

/** "1200.5", without what parts the thousands. */
function bare(text) {
  return text.trim().replaceAll(',', '');
}

function mistake(text, { least, greatest: most, unit }) {
  if (!NUMBER.test(text)) return 'This must be a number, such as 1,200 or 0.5.';
  const number = exact(bare(text));
  if (least && compare(number, exact(least)) < 0) return `At least ${counted(least, unit)}.`;
  if (most && compare(number, exact(most)) > 0) return `At most ${counted(most, unit)}.`;
  return null;
}
