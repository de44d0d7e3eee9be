import type { LivePicture } from '@siaga/contracts';
import { tickets } from '../view/tickets.ts';
import type { OpenedCamera } from '../view/view-tickets.ts';
import { passed, untilSeen } from '../view/waits.ts';
import { FrameWatch } from './frame-watch.ts';
import { LiveSlots, MOST_LIVE } from './live-slots.ts';
import { LiveTrouble, type LiveWhy } from './live-trouble.ts';
import { asked, failed, renewed, seen, type Live } from './live.ts';
import { plays, type LiveScreen, type LiveWay } from './play.ts';
import { ticketRenewal } from './ticket-renewal.ts';

interface Following {
  screen: LiveScreen;
  cityNow: () => number;
  tell: (change: (before: Live) => Live) => void;
  signal: AbortSignal;
}

interface Way {
  as: LiveWay;
  url: string;
}

const LOOK_MS = 500;
/** One that failed is asked again so often. */
const AGAIN_MS = 20_000;
/** A place may be free sooner. */
const FREE_AGAIN_MS = 3000;

const slots = new LiveSlots(MOST_LIVE);

/** Shows a camera's moving picture, and again whenever it ends, until the signal does; a page nobody sees has none. */
export async function followLive(cameraId: string, following: Following): Promise<void> {
  const { cityNow, tell, signal } = following;
  while (!signal.aborted) {
    await untilSeen(signal);
    // why it may not be opened is told where stills are asked for
    const opened = await tickets.of(cameraId, cityNow()).catch(() => undefined);
    const ways = waysOf(opened?.live);
    if (opened !== undefined && ways.length === 0) return;
    const slot = opened === undefined ? undefined : slots.take(signal);
    if (opened === undefined || slot === undefined) {
      if (opened !== undefined) tell((before) => failed(before, { why: 'full', nowMs: cityNow() }));
      await passed(opened === undefined ? AGAIN_MS : FREE_AGAIN_MS, signal);
      continue;
    }
    await playAny(opened, ways, following);
    slot.giveBack();
    if (!document.hidden) await passed(AGAIN_MS, signal);
  }
}

const waysOf = (live: readonly LivePicture[] | undefined): Way[] =>
  (live ?? []).flatMap(({ as, url }) => (as === 'hls' ? [] : [{ as, url }]));

/** One way after the other, until none is left or nobody looks. */
async function playAny(opened: OpenedCamera, ways: readonly Way[], following: Following): Promise<void> {
  const { cityNow, tell, signal } = following;
  let first: LiveWhy | undefined;
  for (const way of ways) {
    tell((before) => asked(before, opened));
    const why = await playOnce(opened, way, following);
    if (signal.aborted || document.hidden) return;
    // the best way is the one that should have worked
    first ??= why;
    const said = first;
    tell((before) => failed(before, { why: said, nowMs: cityNow() }));
    if (why === 'refused') tickets.forget(opened.cameraId);
  }
}

/** Plays one picture while its frames come, and answers why it ended. */
async function playOnce(opened: OpenedCamera, { as, url }: Way, following: Following): Promise<LiveWhy> {
  const { screen, cityNow, tell, signal } = following;
  const ending = new AbortController();
  const frames = new FrameWatch(performance.now());
  const renew = ticketRenewal(opened, {
    cityNow,
    renewed: (next) => {
      tell((before) => renewed(before, next));
    },
    refused: (cause) => {
      ending.abort(new LiveTrouble('refused', { cause }));
    },
  });
  const looking = setInterval(() => {
    const nowMs = performance.now();
    const phase = frames.at(nowMs);
    const sinceMs = cityNow() - (nowMs - (frames.lastMs ?? nowMs));
    if (phase === 'given-up') ending.abort(new LiveTrouble(frames.lastMs === undefined ? 'no-frames' : 'stopped'));
    else if (document.hidden) ending.abort();
    else if (phase !== 'starting') tell((before) => seen(before, { phase, as, sinceMs }));
    renew();
  }, LOOK_MS);
  const framed = () => {
    frames.framed(performance.now());
  };
  try {
    return await plays[as](url, { screen, framed, signal: AbortSignal.any([signal, ending.signal]) });
  } catch (error) {
    return error instanceof LiveTrouble ? error.why : 'no-server';
  } finally {
    clearInterval(looking);
  }
}
