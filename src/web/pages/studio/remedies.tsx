import { useState } from 'preact/hooks';
import type { OfferedRemedy, PostDetail, PostOnPlatform } from '../../studio/api.ts';
import { remedy } from './actions.ts';
import { useDragOver } from './drop.tsx';
import { issueText } from './issue-text.ts';
import { giveFile } from './sending.ts';
import { candidateAddress, isReader } from './server.ts';
import { useModel, useSentences } from './store.ts';

interface RemediesProps {
  readonly detail: PostDetail;
  readonly platform: PostOnPlatform;
}

/** Why a post is held or failed, and what helps. */
export function Remedies({ detail, platform }: RemediesProps) {
  const s = useSentences();
  const { status, issues, remedies } = platform;
  return (
    <section class={`problem-box ${status === 'held' ? 'held' : ''}`} aria-labelledby="why-title">
      <h3 id="why-title">{s.statuses[status]}</h3>
      <ul>
        {issues.map((issue) => (
          <li key={`${issue.code} ${issue.message}`}>{issueText(issue, s)}</li>
        ))}
      </ul>
      {(isReader ? [] : remedies).map((each) => (
        <Remedy key={JSON.stringify(each)} offered={each} detail={detail} />
      ))}
    </section>
  );
}

function Remedy({ offered, detail }: { readonly offered: OfferedRemedy; readonly detail: PostDetail }) {
  const s = useSentences();
  const { account, key } = detail;
  const place = { account, key };
  switch (offered.kind) {
    case 'include':
      return (
        <button type="button" onClick={() => void remedy(place, { kind: 'include', seen: detail.choices.targets })}>
          {s.includeIt}
        </button>
      );
    case 'again':
      return (
        <button type="button" onClick={() => void remedy(place, { kind: 'again' })}>
          {s.lookAgain}
        </button>
      );
    case 'pick':
      return (
        <fieldset class="candidates">
          <legend>{s.pickOne}</legend>
          {offered.files.map((file) => (
            <button key={file} type="button" onClick={() => void remedy(place, { kind: 'pick', file })}>
              <CandidatePicture address={candidateAddress(place, file)} />
              {file}
            </button>
          ))}
        </fieldset>
      );
    case 'give':
      return <GiveFile place={place} name={offered.name} />;
  }
}

/** The picture of a candidate. It is hidden if the file has none; the name next to it is always shown. */
function CandidatePicture({ address }: { readonly address: string }) {
  const [isMissing, setMissing] = useState(false);
  return isMissing ? null : <img src={address} alt="" onError={() => setMissing(true)} />;
}

/** Takes the missing file, dropped or chosen. */
function GiveFile({
  place,
  name,
}: {
  readonly place: { readonly account: string; readonly key: string };
  readonly name: string;
}) {
  const s = useSentences();
  const isSending = useModel((each) => each.upload !== null);
  const { isOver, handlers } = useDragOver();
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file !== undefined) void giveFile(place, name, file);
  };
  return (
    <label
      class={`button file give ${isOver ? 'over' : ''}`}
      {...handlers}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        handlers.onDrop();
        take(event.dataTransfer?.files);
      }}
    >
      {isSending ? s.sendingFile : s.dropFile}
      <input
        type="file"
        accept="video/*,image/*"
        disabled={isSending}
        onChange={(event) => take(event.currentTarget.files)}
      />
    </label>
  );
}
