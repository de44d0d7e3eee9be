import { describe, expect, it } from '@jest/globals';
import { announcement, type Announced } from './announcement.ts';

const quiet: Announced = {
  cityName: 'Kota Probolinggo',
  simulator: false,
  begun: false,
  lan: false,
  url: 'http://127.0.0.1:3000',
  deviceAddresses: [],
  entrance: { kind: 'sign-in' },
};
const invited = { kind: 'invited', path: '/masuk#undangan=abc' } as const;

describe('what a start says', () => {
  it('gives the link for the first administrator, and says who is operator until then', () => {
    const text = announcement({ ...quiet, entrance: invited });
    expect(text).toContain('Administrator pertama: buka tautan ini sekali (berlaku 7 hari)');
    expect(text).toContain('  http://127.0.0.1:3000/masuk#undangan=abc\n');
    expect(text).toContain('siapa pun di komputer ini adalah operator');
  });

  it('says where to sign in once somebody can', () => {
    const text = announcement(quiet);
    expect(text).toContain('Masuk di · sign in at http://127.0.0.1:3000/masuk');
    expect(text).not.toMatch(/undangan|operator/);
  });

  it('gives the link with every network address, and nobody is operator without it', () => {
    const deviceAddresses = ['https://192.168.1.20:3000', 'https://10.0.0.2:3000'];
    const text = announcement({ ...quiet, lan: true, deviceAddresses, entrance: invited });
    for (const address of deviceAddresses) {
      expect(text).toContain(`  ${address}/masuk#undangan=abc\n`);
      expect(text).toContain(`Traccar Client: ${address}/ingest/osmand`);
    }
    expect(text).not.toMatch(/operator|127\.0\.0\.1/);
  });

  it('shows the way through the first hour until the city works in earnest, and then starts no simulator', () => {
    const tried = announcement({ ...quiet, simulator: true });
    expect(tried).toContain('Siaga · Kota Probolinggo · SIMULASI');
    expect(tried).toContain('  http://127.0.0.1:3000/mulai\n');
    const inEarnest = announcement({ ...quiet, simulator: true, begun: true });
    expect(inEarnest).toContain('Kota ini sudah mulai sungguhan: simulator tidak dinyalakan');
    expect(inEarnest).not.toMatch(/SIMULASI|mulai\n/);
    expect(announcement({ ...quiet, begun: true })).not.toContain('simulator');
  });

  it('stays usable on this machine without a network', () => {
    const text = announcement({ ...quiet, lan: true, entrance: invited });
    expect(text).toContain('http://127.0.0.1:3000/masuk#undangan=abc');
    expect(text).toContain('tidak terhubung ke jaringan mana pun');
  });

  it('says why there is no link and how to get one', () => {
    const text = announcement({ ...quiet, entrance: { kind: 'unclear', why: 'the disk is full' } });
    expect(text).toMatch(/the disk is full\n.*user invite --role city-admin/);
  });
});
