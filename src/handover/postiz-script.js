#!/usr/bin/env node
// Uploads the posts of postiz.json to Postiz, as drafts unless told otherwise. It needs Node 20 and nothing else.
//
//   POSTIZ_API_KEY=... node postiz.mjs              drafts, to look at in Postiz
//   POSTIZ_API_KEY=... node postiz.mjs --schedule   planned posts at their times, the others as drafts
//   POSTIZ_API_KEY=... node postiz.mjs --schedule --now      those that are not planned at once
//   POSTIZ_API_KEY=... node postiz.mjs --links      fetches the addresses of what is out, for port posted --from
//   --channel reels=ID   the channel to use, where Postiz has several      --to reels,shorts   only these platforms
//   --sent shorts/POST   this post is there: do not send it                --again shorts/POST   it is not: send it
//
// POSTIZ_URL is the address of a server of your own, such as https://postiz.example.com/api. The script can be stopped
// and started again: postiz.sent.csv beside it has what was sent.
import { openAsBlob } from 'node:fs';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * @typedef {{ post: string, target: string, platform: string, channels: string[], at: string | null, content: string,
 *   files: string[], thumbnail: string | null, settings: object, draftOnly: boolean, toDeclare: string[],
 *   needs: { setting: string, variable: string } | null }} Post As port wrote it.
 * @typedef {{ id: string, name: string, identifier: string, disabled?: boolean }} Channel
 * @typedef {{ tick: string, at: string, id: string }} Note
 */

class Stop extends Error {}
const here = fileURLToPath(new URL('.', import.meta.url));
const memory = join(here, 'postiz.sent.csv');
const header = 'post,tick,target,at,url,id';
const lock = join(here, '.postiz.lock');

/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);
const clock = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');
/** @param {{ post: string, target: string }} post */
const nameOf = ({ post, target }) => `${target}/${post}`;

const { values: options } = parseArgs({
  options: {
    schedule: { type: 'boolean' },
    now: { type: 'boolean' },
    links: { type: 'boolean' },
    to: { type: 'string' },
    channel: { type: 'string', multiple: true },
    sent: { type: 'string', multiple: true },
    again: { type: 'string', multiple: true },
  },
});
const server = (process.env['POSTIZ_URL'] || 'https://api.postiz.com').replace(/\/+$/, '').replace(/\/public\/v1$/, '');

/**
 * @param {string} path
 * @param {RequestInit} [request]
 * @returns {Promise<any>}
 */
async function ask(path, request = {}) {
  const headers = { ...request.headers, Authorization: process.env['POSTIZ_API_KEY'] ?? '' };
  // A redirect would take the key elsewhere.
  const answer = await fetch(`${server}/public/v1${path}`, { ...request, headers, redirect: 'error' });
  const text = await answer.text();
  if (answer.status === 401) throw new Stop('Postiz does not know this key: look at POSTIZ_API_KEY.');
  if (answer.status === 429) throw new Stop('Postiz takes no more for now: run this again in an hour.');
  // A gateway that gives up says nothing about the server behind it.
  if (answer.status === 502 || answer.status === 504) throw new Error(`The gateway answered ${answer.status}`);
  if (!answer.ok) throw new Stop(`Postiz answered ${answer.status}: ${text.slice(0, 500)}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`It is no Postiz that answered ${JSON.stringify(text.slice(0, 100))}`);
  }
}

/**
 * @param {unknown} error
 * @returns {Error}
 */
function withCause(error) {
  const known = error instanceof Error ? error : new Error(String(error));
  if (known instanceof Stop) return known;
  const cause = known.cause instanceof Error ? known.cause.message || String(Reflect.get(known.cause, 'code')) : '';
  return new Stop(`${known.message}${cause && `: ${cause}`} (${server})`);
}

/** @returns {Promise<Map<string, Note>>} */
async function remembered() {
  const text = await readFile(memory, 'utf8').catch(() => null);
  if (text === null) {
    await writeFile(memory, `${header}\n`);
    return new Map();
  }
  const [first, ...lines] = text.split(/\r?\n/);
  if (first !== header)
    throw new Stop(
      `${memory} was changed by another program, so nobody knows what is out. Put back its first line: ${header}`,
    );
  /** @type {Map<string, Note>} */
  const notes = new Map();
  for (const line of lines.filter(Boolean)) {
    const [post = '', tick = '', target = '', at = '', , id = ''] = line.split(',');
    notes.set(nameOf({ post, target }), { tick, at, id });
  }
  return notes;
}

/**
 * @param {{ post: string, target: string }} post
 * @param {string} tick
 * @param {{ at?: string, url?: string, id?: string }} [facts]
 */
async function note({ post, target }, tick, { at = '', url = '', id = '' } = {}) {
  await appendFile(memory, `${[post, tick, target, at, /[,"\r\n]/.test(url) ? '' : url, id].join(',')}\n`);
}

/**
 * @param {readonly Channel[]} channels
 * @param {Post} post
 */
function channelOf(channels, { target, platform, channels: kinds }) {
  const chosen = options.channel?.map((each) => each.split('=')).find(([name]) => name === target)?.[1];
  const fitting = channels.filter(
    ({ id, identifier, disabled }) => kinds.includes(identifier) && !disabled && (chosen ?? id) === id,
  );
  const [only, another] = fitting;
  if (only === undefined)
    throw new Stop(
      `Postiz has no channel for ${platform}${chosen === undefined ? '' : ` with the id ${chosen}`}: connect one there, or leave it out with --to.`,
    );
  if (another === undefined) return only;
  const list = fitting.map(({ id, name }) => `--channel ${target}=${id} (${name})`).join(', ');
  throw new Stop(`Postiz has several channels for ${platform}. Say which: ${list}`);
}

/** @param {string} path */
async function upload(path) {
  const form = new FormData();
  form.append('file', await openAsBlob(path), basename(path));
  const { id, path: address } = await ask('/upload', { method: 'POST', body: form });
  return { id, path: address };
}

/**
 * @param {Post} post
 * @returns {{ type: 'draft' | 'schedule' | 'now', date: string }}
 */
function timeOf({ at, draftOnly }) {
  const planned = at === null ? null : new Date(at);
  const date = (planned ?? new Date()).toISOString();
  if (!options.schedule || draftOnly || (planned === null && !options.now)) return { type: 'draft', date };
  return planned !== null && planned.getTime() > Date.now()
    ? { type: 'schedule', date }
    : { type: 'now', date: new Date().toISOString() };
}

/**
 * @param {Post} post
 * @param {Channel} channel
 */
async function send(post, channel) {
  const { needs } = post;
  const board = needs === null ? {} : { [needs.setting]: process.env[needs.variable] };
  if (needs !== null && !process.env[needs.variable])
    throw new Stop(
      `${post.platform} wants a ${needs.setting}: put its id into ${needs.variable}, or leave the platform out with --to.`,
    );
  /** @type {{ id: string, path: string }[]} */
  const image = [];
  for (const file of post.files) image.push(await upload(file));
  const thumbnail = post.thumbnail === null ? {} : { thumbnail: await upload(post.thumbnail) };
  const { type, date } = timeOf(post);
  const settings = { __type: channel.identifier, ...post.settings, ...board, ...thumbnail };
  const value = [{ content: post.content, image }];
  const request = {
    type,
    date,
    shortLink: false,
    tags: [],
    posts: [{ integration: { id: channel.id }, value, settings }],
  };
  await note(post, 'begun');
  const body = JSON.stringify(request);
  const headers = { 'Content-Type': 'application/json' };
  const answer = await ask('/posts', { method: 'POST', headers, body }).catch(async (error) => {
    const code = error?.cause?.code;
    if (error instanceof Stop || ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) {
      await note(post, 'failed');
      throw withCause(error);
    }
    throw new Stop(
      `Nobody knows whether ${nameOf(post)} was taken: the connection broke off. Look at Postiz: if it is there, run this with --sent ${nameOf(post)}, else with --again ${nameOf(post)}.`,
    );
  });
  const id = String((Array.isArray(answer) ? answer[0] : answer)?.postId ?? '').replace(/[^\w-]/g, '');
  await note(post, type === 'draft' ? 'draft' : 'done', { at: date, id });
  say(`${nameOf(post)} is ${type === 'draft' ? 'a draft' : type === 'now' ? 'sent' : `planned for ${post.at}`}.`);
  for (const each of post.toDeclare) say(`  to declare: ${each}`);
}

/** @param {Map<string, Note>} notes */
async function fetchLinks(notes) {
  const sent = [...notes].filter(([, { id }]) => id !== '');
  if (sent.length === 0) {
    say('Nothing was sent from here yet.');
    return;
  }
  const times = sent.map(([, { at }]) => Date.parse(at)).filter(Number.isFinite);
  const day = 24 * 3600 * 1000;
  const range = { startDate: Math.min(...times) - 31 * day, endDate: Math.max(...times, Date.now()) + 31 * day };
  const query = Object.entries(range).map(([name, time]) => `${name}=${new Date(time).toISOString()}`);
  const { posts } = await ask(`/posts?${query.join('&')}`);
  let count = 0;
  for (const [name, { id }] of sent) {
    const found = posts.find((/** @type {{ id: string }} */ each) => each.id === id);
    if (found?.state !== 'PUBLISHED') continue;
    const at = clockOf(found.publishDate);
    await note({ post: name.slice(name.indexOf('/') + 1), target: name.slice(0, name.indexOf('/')) }, 'done', {
      ...{ id, at, url: String(found.releaseURL ?? '') },
    });
    count++;
  }
  say(`${count} of ${sent.length} are out. Next: port posted --from ${memory}`);
}

/** @param {unknown} date */
function clockOf(date) {
  const time = Date.parse(String(date));
  return Number.isFinite(time) ? new Date(time).toISOString() : clock();
}

async function takeLock() {
  try {
    await mkdir(lock);
  } catch {
    const other = Number(await readFile(join(lock, 'pid'), 'utf8').catch(() => ''));
    let isRunning = false;
    try {
      isRunning = other > 0 && process.kill(other, 0);
    } catch {}
    if (isRunning) throw new Stop(`This script runs already (process ${other}).`);
  }
  await writeFile(join(lock, 'pid'), String(process.pid));
}

async function main() {
  /** @type {{ posts: Post[] }} */
  const { posts } = JSON.parse(await readFile(join(here, 'postiz.json'), 'utf8'));
  const notes = await remembered();
  for (const [names, tick] of /** @type {const} */ ([
    [options.sent, 'done'],
    [options.again, 'failed'],
  ])) {
    for (const name of names ?? []) {
      const post = posts.find((each) => nameOf(each) === name);
      if (post === undefined)
        throw new Stop(`There is no post ${name} in postiz.json: name it as reels/2025-03-02_09-15-04.`);
      await note(post, tick, tick === 'done' ? { at: clock() } : {});
      notes.set(name, { tick, at: '', id: '' });
    }
  }
  if (!process.env['POSTIZ_API_KEY'])
    throw new Stop('Put your key into POSTIZ_API_KEY first: Postiz has it under Settings, Public API.');
  if (options.links) {
    await fetchLinks(notes);
    return;
  }
  const targets = options.to?.split(',').map((each) => each.trim());
  const wanted = posts.filter(({ target }) => targets === undefined || targets.includes(target));
  const tickOf = (/** @type {Post} */ post) => notes.get(nameOf(post))?.tick;
  const isThere = (/** @type {Post} */ post) => ['done', 'draft', 'private'].includes(tickOf(post) ?? '');
  const open = wanted.filter((post) => !isThere(post));
  const unsure = open.find((post) => tickOf(post) === 'begun');
  if (unsure !== undefined)
    throw new Stop(
      `${nameOf(unsure)} was being sent when the script stopped, so it may be there. Look at Postiz: if it is, run this with --sent ${nameOf(unsure)}, else with --again ${nameOf(unsure)}.`,
    );
  const channels = open.length === 0 ? [] : await ask('/integrations');
  // All are found before the first post is sent.
  const jobs = open.map((post) => ({ post, channel: channelOf(channels, post) }));
  for (const { post, channel } of jobs) {
    await send(post, channel).catch((error) => {
      const { message } = withCause(error);
      throw new Stop(message.includes(nameOf(post)) ? message : `${nameOf(post)} was not sent. ${message}`);
    });
  }
  say(
    `${jobs.length} sent, ${wanted.length - jobs.length} sent before.${options.schedule ? ` When they are out: node postiz.mjs --links` : ' They are drafts: publish them in Postiz, or use --schedule.'}`,
  );
}

try {
  await takeLock();
  try {
    await main();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
} catch (error) {
  process.stderr.write(`${withCause(error).message}\n`);
  process.exitCode = 1;
}
