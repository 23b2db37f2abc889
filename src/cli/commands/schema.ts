import type { Command } from 'commander';
import { print } from '../output.ts';

/** `port schema` */
export function addSchema(program: Command): void {
  program
    .command('schema')
    .description('the JSON schema of config files')
    .action(async () => {
      const { configSchema } = await import('../../config/json-schema.ts');
      print(JSON.stringify(configSchema(), null, 2));
    });
}
