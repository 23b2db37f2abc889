import { type Offer, type OfferedOption, programs, type Value } from './offer.ts';

const names = programs.map((program) => `-c ${program}`).join(' ');

/** For fish from 3.0 on. */
export function fishScript(offers: readonly Offer[]): string {
  const commands = offers.filter(({ name }) => name !== '');
  return `# fish completion of port, made by: port completion fish
function __port_list
    # Of a comma list, what stands before the last comma stays.
    set -l before (commandline -ct | string replace -r '^--[a-z-]+=' '' | string match -r '^.*,')
    test -n "$before"; or set before ''
    printf '%s\\n' $before$argv
end

function __port_command
    # The command that is being typed after; empty for the main job.
    set -l words (commandline -opc)
    contains -- "$words[2]" ${commands.map(({ name }) => name).join(' ')}; and echo $words[2]
end

function __port_is
    set -l command (__port_command)
    test "$command" = "$argv"
end

function __port_first
    test (count (commandline -opc)) -eq 1
end

${commands.map(({ name, words }) => `complete ${names} -n __port_first -a ${name} -d ${quoted(words)}`).join('\n')}
${offers.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ name, options, value }: Offer): string[] {
  const when = quoted(`__port_is ${name}`.trim());
  const own = value ? `complete ${names} -n ${when} ${positional(value)}` : `complete ${names} -n ${when} -f`;
  return [own, ...options.map((option) => `complete ${names} -n ${when} ${optionOf(option)}`)];
}

function optionOf({ flags, words, value }: OfferedOption): string {
  const spelled = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  return [...spelled, ...(value ? [argument(value)] : []), `-d ${quoted(words)}`].join(' ');
}

function argument(value: Value): string {
  return value.kind === 'file' ? '-r -F' : `-x ${listed(value)}`.trim();
}

function positional(value: Value): string {
  return value.kind === 'file' ? '-F' : `-f ${listed(value)}`.trim();
}

function listed(value: Value): string {
  switch (value.kind) {
    case 'choice':
      return `-a ${quoted(value.choices.join(' '))}`;
    case 'list':
      return `-a ${quoted(`(__port_list ${value.choices.join(' ')})`)}`;
    case 'folder':
      return "-a '(__fish_complete_directories)'";
    case 'file':
    case 'text':
      return '';
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
