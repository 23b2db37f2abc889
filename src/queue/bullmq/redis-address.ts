import { UsageError } from '../../errors.ts';

/** The address of a Redis server, with user and password. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  /** 0 to 15 in Redis's default configuration. */
  readonly database: number;
  readonly encrypted: boolean;
  readonly username: string | null;
  readonly password: string | null;
  /** For messages: scheme, host, port and database, never user and password. */
  readonly shown: string;
}

const defaultPort = 6379;

/**
 * Parses `redis://host:6379`, or `rediss://` for TLS, with an optional database as `/2`. User and password are part of
 * the address, or come from `PORT_REDIS_USERNAME` and `PORT_REDIS_PASSWORD`, which other users of the machine cannot see.
 * @throws UsageError without the address in its message, because it may contain the password
 */
export function readRedisAddress(text: string, environment: NodeJS.ProcessEnv): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const encrypted = url?.protocol === 'rediss:';
  const database = /^\/?(\d{0,4})$/.exec(url?.pathname ?? '-')?.[1];
  const isRedis = encrypted || url?.protocol === 'redis:';
  if (!url || !isRedis || url.hostname === '' || database === undefined || url.search !== '' || url.hash !== '') {
    throw new UsageError(
      '--queue takes the address of a Redis server, such as redis://host:6379 or rediss://host:6379. See port --help.',
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? defaultPort : Number(url.port);
  return {
    ...{ host, port, database: Number(database), encrypted },
    username: decoded(url.username) ?? environment['PORT_REDIS_USERNAME'] ?? null,
    password: decoded(url.password) ?? environment['PORT_REDIS_PASSWORD'] ?? null,
    shown: `${url.protocol}//${url.hostname}:${port}${database === '' ? '' : `/${database}`}`,
  };
}

/** null if the part is empty. */
function decoded(part: string): string | null {
  if (part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
