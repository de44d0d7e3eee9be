import type { Page, Route } from '@playwright/test';

/** A media server as a browser meets it: WHEP at the city's own address, a picture that moves until it is told not to. */
export interface TestMedia {
  /** Tickets of who asked. */
  tickets: (string | null)[];
  /** The camera sends no new frame any more; the connection stands. */
  freeze: () => Promise<void>;
  /** Nothing answers there any more. */
  close: () => Promise<void>;
}

/** What a page holds of it. */
declare global {
  interface Window {
    testMedia: { answer: (offer: string) => Promise<string>; freeze: () => void };
  }
}

/** Answers for `/media/pusat/…` from the page itself: real WebRTC, both ends of it in one browser. Only for this page as it is now. */
export async function startTestMedia(page: Page): Promise<TestMedia> {
  const tickets: (string | null)[] = [];
  await page.evaluate(beginSending);
  const at = '**/media/pusat/*/whep**';
  await page.route(at, async (route: Route) => {
    tickets.push(new URL(route.request().url()).searchParams.get('ticket'));
    const body = await page.evaluate((offer) => window.testMedia.answer(offer), route.request().postData() ?? '');
    await route.fulfill({ status: 201, contentType: 'application/sdp', body });
  });
  return {
    tickets,
    freeze: () => page.evaluate(() => window.testMedia.freeze()),
    close: () => page.unroute(at),
  };
}

/** Runs in the page. */
function beginSending(): void {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
  const pen = canvas.getContext('2d');
  let at = 0;
  const drawing = setInterval(() => {
    at += 1;
    if (pen === null) return;
    pen.fillStyle = `hsl(${String(at * 5)} 60% 40%)`;
    pen.fillRect(0, 0, 320, 180);
  }, 100);
  const [track] = canvas.captureStream(10).getVideoTracks();
  window.testMedia = {
    answer: async (offer) => {
      const peer = new RTCPeerConnection();
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      if (track !== undefined) peer.addTrack(track);
      await peer.setLocalDescription();
      if (peer.iceGatheringState !== 'complete')
        await new Promise<void>((done) => {
          peer.addEventListener('icegatheringstatechange', () => {
            if (peer.iceGatheringState === 'complete') done();
          });
        });
      return peer.localDescription?.sdp ?? '';
    },
    freeze: () => {
      clearInterval(drawing);
    },
  };
}
