import { type Offer, type OfferedOption, programs, type Value } from './offer.ts';

/** For bash from 3.2 on, the version of macOS. Needs no other package. */
export function bashScript(offers: readonly Offer[]): string {
  const commands = offers.map(({ name }) => name).filter(Boolean);
  return `# bash completion of port, made by: port completion bash
_port_list() {
  # Of a comma list, what stands before the last comma stays.
  local before=
  [[ $cur == *,* ]] && before=\${cur%,*},
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${cur##*,}"))
  compopt -o nospace 2>/dev/null
}

_port_choice() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_port_nothing() {
  compopt +o default +o bashdefault 2>/dev/null
}

_port() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= file
  COMPREPLY=()
  # --to=rednote comes as three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in
      ${commands.join(' | ')}) command=\${COMP_WORDS[1]} ;;
    esac
  fi

  case $prev in
${valueCases(offers)}
  esac

  if [[ $cur == -* ]]; then
    case $command in
${offers.map((each) => `      ${pattern(each)}) _port_choice '${flagsOf(each).join(' ')}' ;;`).join('\n')}
    esac
    return
  fi

  if ((COMP_CWORD == 1)); then
    _port_choice '${commands.join(' ')}'
    while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$cur")
    compopt -o filenames 2>/dev/null
    return
  fi

  case $command in
${offers.map((each) => `    ${pattern(each)}) ${each.value ? act(each.value) : '_port_nothing'} ;;`).join('\n')}
  esac
}

complete -o bashdefault -o default -F _port ${programs.join(' ')}
`;
}

function pattern({ name }: Offer): string {
  return name === '' ? "''" : name;
}

function flagsOf({ options }: Offer): string[] {
  return options.flatMap(({ flags }) => flags);
}

/** A flag has the same meaning for every command. */
function valueCases(offers: readonly Offer[]): string {
  const options = new Map<string, OfferedOption>(
    offers.flatMap(({ options }) => options.map((option) => [option.flags.join(' | '), option] as const)),
  );
  return [...options]
    .flatMap(([flags, { value }]) => (value ? [`    ${flags}) ${act(value)}; return ;;`] : []))
    .join('\n');
}

/** If COMPREPLY is empty, bash completes and quotes file names itself. */
function act(value: Value): string {
  switch (value.kind) {
    case 'choice':
      return `_port_choice '${value.choices.join(' ')}'`;
    case 'list':
      return `_port_list '${value.choices.join(' ')}'`;
    case 'file':
    case 'folder':
      return ':';
    case 'text':
      return '_port_nothing';
  }
}
