import { useState } from 'preact/hooks';
import { attempt, takePosting } from './actions.ts';
import { addDays, today } from './days.ts';
import { formatNumber } from './format.ts';
import { server } from './server.ts';
import { getModel, useModel, useSentences } from './store.ts';

interface PlanFormProps {
  readonly isOpen: boolean;
  readonly unplanned: number;
}

/** The rules of a plan, as `port plan` has them. */
export function PlanForm({ isOpen, unplanned }: PlanFormProps) {
  const s = useSentences();
  const account = useModel((each) => each.account);
  const [perDay, setPerDay] = useState('2');
  const [at, setAt] = useState('12:00, 18:00');
  const [start, setStart] = useState(() => addDays(today(), 1));
  const [order, setOrder] = useState('oldest');
  const [skip, setSkip] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const accounts = () =>
    account === null
      ? (getModel()
          .state?.accounts.filter(({ isThere }) => isThere)
          .map((each) => each.account) ?? [])
      : [account];
  const plan = async (rules: object) => {
    setBusy(true);
    for (const each of accounts()) {
      takePosting(each, await attempt(async () => server.plan({ account: each, ...rules })));
    }
    setBusy(false);
  };
  const toggle = (day: string) => setSkip(skip.includes(day) ? skip.filter((each) => each !== day) : [...skip, day]);
  return (
    <details class="plan-form card" open={isOpen}>
      <summary>{isOpen ? s.makePlan : s.changePlan}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
          void plan({ perDay, at, start, zone, order, ...(skip.length > 0 ? { skip: skip.join(',') } : {}) });
        }}
      >
        <div class="fields">
          <label>
            {s.perDay}
            <input
              type="number"
              min={1}
              max={100}
              value={perDay}
              onInput={(event) => setPerDay(event.currentTarget.value)}
            />
          </label>
          <label>
            {s.times}
            <input type="text" value={at} onInput={(event) => setAt(event.currentTarget.value)} />
          </label>
          <label>
            {s.firstDay}
            <input type="date" value={start} onInput={(event) => setStart(event.currentTarget.value)} />
          </label>
          <label>
            {s.order}
            <select value={order} onChange={(event) => setOrder(event.currentTarget.value)}>
              {Object.entries(s.orders).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
          <fieldset class="weekdays">
            <legend>{s.notOn}</legend>
            {Object.entries(s.weekdays).map(([day, words]) => (
              <label key={day} class="check">
                <input type="checkbox" checked={skip.includes(day)} onChange={() => toggle(day)} />
                {words}
              </label>
            ))}
          </fieldset>
        </div>
        <div class="row">
          <button type="submit" class="go" disabled={isBusy || unplanned === 0}>
            {s.planPosts(formatNumber(unplanned), unplanned)}
          </button>
          {!isOpen && (
            <button type="button" disabled={isBusy} onClick={() => void plan({ clear: true })}>
              {s.clearPlan}
            </button>
          )}
        </div>
      </form>
    </details>
  );
}
