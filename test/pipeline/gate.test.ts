import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/pipeline/gate.ts';

const running = new AbortController().signal;

describe('a gate', () => {
  it('that is open lets each post through at once', async () => {
    const gate = createGate();
    const leave = await gate.enter(running);
    expect(gate.inside()).toBe(1);
    leave();
    leave();
    expect(gate.inside()).toBe(0);
  });

  it('that is paused holds new posts until it is resumed, and those inside continue', async () => {
    const gate = createGate();
    const leave = await gate.enter(running);
    gate.pause();
    let isIn = false;
    const entering = gate.enter(running).then((out) => {
      isIn = true;
      return out;
    });
    leave();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([isIn, gate.inside()]).toEqual([false, 0]);
    gate.resume();
    (await entering)();
    expect(isIn).toBe(true);
  });

  it('paused again before a waiting post woke up holds it further', async () => {
    const gate = createGate();
    gate.pause();
    let isIn = false;
    void gate.enter(running).then(() => {
      isIn = true;
    });
    gate.resume();
    gate.pause();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isIn).toBe(false);
  });

  it('that is paused lets go of a run that is stopped', async () => {
    const gate = createGate();
    gate.pause();
    const controller = new AbortController();
    const entering = gate.enter(controller.signal);
    controller.abort();
    (await entering)();
    expect(gate.inside()).toBe(0);
  });
});
