import { configOptions, optionSchemas } from './options.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The JSON schema of config files (draft 7, which editors support best), published as `port.config.schema.json`. It is
 * stricter than a run in one respect: numbers must not be strings. It does not check dates, hashtags and the items of
 * comma-separated lists.
 */
export function configSchema(): Schema {
  const options = [...optionSchemas()].map(([name, schema]) => [name, property(schema, description(name))] as const);
  const own = options.filter(([name]) => !configOptions.get(name)?.traits.wholeRun);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Options of content-port',
    description:
      'port.config.json, or the file that --config names. Paths are meant from where the file lies. Flags win.',
    type: 'object',
    properties: {
      $schema: { type: 'string', description: 'Where this schema lies, for editors.' },
      ...Object.fromEntries(options),
      accounts: {
        description: 'By the name of an account: what is different for it.',
        type: 'object',
        additionalProperties: {
          type: 'object',
          properties: Object.fromEntries(own.map(([name]) => [name, { $ref: `#/properties/${name}` }])),
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  };
}

/** The schema of one option. A single value is accepted for a list of one. */
function property(schema: Schema, words: string): Schema {
  return {
    description: words,
    ...schema,
    ...(schema['type'] === 'array' && { type: ['array', 'string'] }),
  };
}

/** The description from the help. */
function description(name: string): string {
  const { flags = '', help = '' } = configOptions.get(name) ?? {};
  const plain = help.replace(/ \(default: .*\)$|; repeatable$|, repeatable$/, '');
  return flags.includes('--no-') ? `false: ${plain}` : plain;
}
