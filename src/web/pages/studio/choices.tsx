import type { PlatformForecast } from '../../studio/api.ts';
import { changeOptions, startRun } from './actions.ts';
import { formatBytes, formatNumber, formatSpan } from './format.ts';
import { OptionFields } from './option-fields.tsx';
import { isBusy, type Model, useModel, useSentences } from './store.ts';

/** The platforms as chosen on this page, also before the server has them. */
export function chosenPlatforms({ draft, state }: Model): readonly string[] {
  const written = draft?.['to'];
  if (typeof written === 'string') return written.split(',').filter(Boolean);
  if (Array.isArray(written)) return written;
  return (state?.platforms ?? []).filter(({ chosen }) => chosen).map(({ name }) => name);
}

/** The platforms, the forecast for each, and the buttons that start a run. */
export function Choices() {
  const s = useSentences();
  const state = useModel((each) => each.state);
  const chosen = useModel((each) => chosenPlatforms(each).join(','));
  const isWorking = useModel((each) => isBusy(each.state?.run));
  const waitsToTry = useModel((each) => each.waitsToTry);
  if (state === null) return null;
  const names = chosen.split(',').filter(Boolean);
  const toggle = (name: string, isOn: boolean) => {
    const now = state.platforms
      .map((each) => each.name)
      .filter((each) => (each === name ? isOn : names.includes(each)));
    changeOptions({ to: now.join(',') });
  };
  const isReadable = state.exports.some(({ inspection }) => inspection !== null);
  const areAllBroken = state.exports.every(({ problem }) => problem !== null);
  const isReady = names.length > 0 && isReadable && !isWorking;
  return (
    <section class="choices" aria-labelledby="choices-title">
      <h2 id="choices-title">{s.whereTo}</h2>
      <div class="platforms">
        {state.platforms.map((each) => (
          <Platform
            key={each.name}
            platform={each}
            isChosen={names.includes(each.name)}
            isForecasting={state.forecast.state === 'running'}
            onToggle={(isOn) => toggle(each.name, isOn)}
          />
        ))}
      </div>
      <OptionFields />
      {state.optionsProblem !== null && names.length > 0 && (
        <p class="bad" role="alert">
          {s.programText(state.optionsProblem)}
        </p>
      )}
      {state.isUnfinished && !isWorking && <p class="warn">{s.unfinished}</p>}
      <div class="row actions">
        <button type="button" class="go" data-studio="run" disabled={!isReady} onClick={() => void startRun('all')}>
          {s.makeAll}
        </button>
        <button
          type="button"
          data-studio="try-one"
          disabled={!isReady || waitsToTry}
          onClick={() => void startRun('one')}
        >
          {waitsToTry ? s.choosingOne : s.tryOne}
        </button>
        <p class="soft">{areAllBroken ? s.noneReadable : names.length === 0 ? s.chooseOne : <Needs />}</p>
      </div>
    </section>
  );
}

function Needs() {
  const s = useSentences();
  const disk = useModel((each) => each.state?.disk);
  const forecast = useModel((each) => each.state?.forecast);
  if (disk === undefined || forecast === undefined) return null;
  if (forecast.state === 'running') return <>{s.forecasting}</>;
  const seconds = forecast.forecast?.estimate.seconds ?? null;
  const parts = [
    seconds === null || seconds < 1 ? null : s.takes(formatSpan(seconds)),
    disk.needed === null ? null : s.needs(formatBytes(disk.needed), formatBytes(disk.free)),
  ].filter((each) => each !== null);
  const { withoutWords = 0, withoutOriginal = 0, unchanged = 0 } = forecast.forecast ?? {};
  if (unchanged > 0) parts.push(s.madeAlready(formatNumber(unchanged)));
  if (withoutWords > 0) parts.push(s.withoutWords(formatNumber(withoutWords)));
  if (withoutOriginal > 0) parts.push(s.withoutOriginal(formatNumber(withoutOriginal)));
  const isTight = disk.needed !== null && disk.needed > disk.free;
  return <span class={isTight ? 'bad' : ''}>{parts.join(' ')}</span>;
}

interface PlatformProps {
  readonly platform: PlatformForecast;
  readonly isChosen: boolean;
  readonly isForecasting: boolean;
  readonly onToggle: (isOn: boolean) => void;
}

function Platform({ platform, isChosen, isForecasting, onToggle }: PlatformProps) {
  const s = useSentences();
  const { name, title, counts } = platform;
  const said =
    counts === null
      ? []
      : (
          [
            ['asTheyAre', s.asTheyAre],
            ['encoded', s.encoded],
            ['split', s.split],
            ['slideshows', s.slideshows],
            ['toFetch', s.toFetch],
            ['held', s.held],
            ['rejected', s.rejected],
            ['failed', s.failedCount],
          ] as const
        )
          .filter(([count]) => counts[count] > 0)
          .map(([count, sentence]) => sentence(formatNumber(counts[count]), counts[count]));
  return (
    <label class={`card platform ${isChosen ? 'on' : ''}`}>
      <span class="platform-name">{title}</span>
      <input
        type="checkbox"
        data-studio={`target-${name}`}
        checked={isChosen}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      <span class="soft">
        {isChosen && counts === null && isForecasting ? s.forecasting : said.join(' · ') || s.notYetKnown(isChosen)}
      </span>
    </label>
  );
}
