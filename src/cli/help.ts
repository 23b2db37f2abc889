import { Command } from 'commander';

/** Shows the main job's options in `port --help`, because the main job has no name. */
export function showMainHelp(program: Command, main: Command): void {
  program.helpInformation = () => {
    const help = main.createHelp();
    const others = program.commands.filter((command) => command !== main);
    const list = others.map(
      (command) => `  ${help.subcommandTerm(command).padEnd(33)}${help.subcommandDescription(command)}`,
    );
    const own = main.helpInformation().replace(`Usage: port ${main.name()}`, 'Usage: port').trimEnd();
    const version = `${'--version'.padEnd(help.padWidth(main, help))}  print the version`;
    return `${own}\n  ${version}\n\nOther commands:\n${list.join('\n')}\n`;
  };
  main.helpInformation = Command.prototype.helpInformation;
}
