import { type Offer, type OfferedOption, programs, type Value } from './offer.ts';

/** To be saved as `_port` in `$fpath`, or sourced. */
export function zshScript(offers: readonly Offer[]): string {
  const commands = offers.filter(({ name }) => name !== '');
  return `#compdef ${programs.join(' ')}
# zsh completion of port, made by: port completion zsh
_port_first() {
  local -a commands=(
${commands.map(({ name, words }) => `    ${quoted(`${name}:${words}`)}`).join('\n')}
  )
  _describe -t commands command commands
  _files
}

_port() {
  local command=
  if (( CURRENT > 2 )) && [[ $words[2] == (${commands.map(({ name }) => name).join('|')}) ]]; then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  fi
  case $command in
${offers.map(branch).join('\n')}
  esac
}

if [[ $funcstack[1] == _port ]]; then
  _port "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _port ${programs.join(' ')}
fi
`;
}

function branch({ name, options, value }: Offer): string {
  const first = name === '' ? ["'1: :_port_first'"] : [];
  const rest = value ? [quoted(`*:${message(value)}:${action(value)}`)] : [];
  const specs = [...options.flatMap(specsOf), ...first, ...rest];
  return `    ${name === '' ? "''" : name})\n      _arguments -s \\\n        ${specs.join(' \\\n        ')}\n      ;;`;
}

/** As in `(-q --quiet)-q[only trouble]`: an option that was given is not offered again. */
function specsOf({ flags, words, value, several }: OfferedOption): string[] {
  return flags.map((flag) => {
    const takes = value ? `:${message(value)}:${action(value)}` : '';
    const equals = value && flag.startsWith('--') ? '=' : '';
    return quoted(`${several ? '*' : `(${flags.join(' ')})`}${flag}${equals}[${bare(words)}]${takes}`);
  });
}

function message(value: Value): string {
  return value.kind === 'text' ? 'value' : value.kind;
}

function action(value: Value): string {
  switch (value.kind) {
    case 'choice':
      return `(${value.choices.join(' ')})`;
    case 'list':
      return `{_values -s , list ${value.choices.join(' ')}}`;
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'text':
      return ' ';
  }
}

/** Escapes brackets and colons, which are separators in a specification. */
function bare(words: string): string {
  return words.replace(/[[\]\\:]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
