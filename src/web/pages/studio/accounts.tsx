import { useState } from 'preact/hooks';
import { formatNumber } from './format.ts';
import { update, useModel, useSentences } from './store.ts';

/** More accounts than this get a search. */
const manyAccounts = 8;

/** For agencies: all accounts with their state. Shows one account, or all of them together. */
export function Accounts() {
  const s = useSentences();
  const accounts = useModel((each) => each.state?.accounts);
  const chosen = useModel((each) => each.account);
  const [search, setSearch] = useState('');
  if (accounts === undefined || accounts.length < 2) return null;
  const wanted = search.trim().toLowerCase();
  const shown = accounts.filter(({ account }) => account.toLowerCase().includes(wanted));
  return (
    <section class="accounts" aria-labelledby="accounts-title">
      <div class="row">
        <h3 id="accounts-title">{s.accounts(accounts.length)}</h3>
        {accounts.length > manyAccounts && (
          <input
            type="search"
            class="push"
            placeholder={s.searchAccounts}
            aria-label={s.searchAccounts}
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        )}
      </div>
      <div class="account-list">
        <button type="button" aria-pressed={chosen === null} onClick={() => update({ account: null })}>
          <b>{s.allAccounts}</b>
        </button>
        {shown.map(({ account, totals }) => {
          const sum = (status: 'delivered' | 'held' | 'rejected' | 'failed') =>
            Object.values(totals).reduce((count, each) => count + each[status], 0);
          const problem = sum('failed') + sum('rejected');
          return (
            <button key={account} type="button" aria-pressed={chosen === account} onClick={() => update({ account })}>
              <b dir="auto">{account}</b>
              <span class="soft">{s.ready(formatNumber(sum('delivered')), sum('delivered'))}</span>
              {sum('held') > 0 && <span class="soft">{s.held(formatNumber(sum('held')), sum('held'))}</span>}
              {problem > 0 && <span class="bad">{s.failedCount(formatNumber(problem), problem)}</span>}
            </button>
          );
        })}
      </div>
    </section>
  );
}
