import { LiveTrouble, type LiveWhy } from './live-trouble.ts';

/** A source that begins only when somebody watches: mediamtx waits 10 s for it before it answers. */
const ANSWER_MS = 15_000;
/** A network that never says it has no more addresses is not waited for. */
const GATHERED_MS = 2000;

const whyOf = new Map<number, LiveWhy>([
  [401, 'refused'],
  [403, 'refused'],
  [404, 'not-there'],
]);

/**
 * Asks a media server for a moving picture by WHEP (draft-ietf-wish-whep): an SDP offer is posted, its answer is taken.
 * mediamtx `/<path>/whep`, go2rtc `/api/webrtc?src=`. Only the picture: nobody listens to a street. Ends with the signal:
 * closing tells the server by DTLS. Throws {@link LiveTrouble}.
 */
export async function openWhep(url: string, signal: AbortSignal): Promise<RTCPeerConnection> {
  if (typeof RTCPeerConnection === 'undefined') throw new LiveTrouble('not-possible');
  const peer = new RTCPeerConnection();
  signal.addEventListener('abort', () => {
    peer.close();
  });
  try {
    peer.addTransceiver('video', { direction: 'recvonly' });
    await peer.setLocalDescription();
    await gathered(peer);
    const answer = await post(url, peer.localDescription?.sdp ?? '', signal);
    await peer.setRemoteDescription({ type: 'answer', sdp: answer });
    return peer;
  } catch (error) {
    peer.close();
    throw error;
  }
}

/** All of our addresses go into the one offer: servers need not take them one by one. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    if (peer.iceGatheringState === 'complete') resolve();
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState === 'complete') resolve();
    });
    setTimeout(resolve, GATHERED_MS);
  });
}

async function post(url: string, sdp: string, signal: AbortSignal): Promise<string> {
  const answer = await askMedia(url, AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]), {
    ...{ method: 'POST', body: sdp, headers: { 'content-type': 'application/sdp' } },
  });
  const said = await answer.text();
  // where no proxy leads there, something else may answer at our own address
  if (!said.startsWith('v=0')) throw new LiveTrouble('not-there');
  return said;
}

/** Asks a media server. It needs no cookie of ours: the ticket is in the address. Throws {@link LiveTrouble}. */
export async function askMedia(url: string, signal: AbortSignal, request: RequestInit = {}): Promise<Response> {
  const isOurs = new URL(url, location.href).origin === location.origin;
  const answer = await fetch(url, { ...request, signal, credentials: 'omit' }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new LiveTrouble(isOurs ? 'no-server' : 'elsewhere', { cause });
  });
  if (answer.ok) return answer;
  throw new LiveTrouble(whyOf.get(answer.status) ?? 'no-server');
}
