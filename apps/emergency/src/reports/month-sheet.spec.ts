import { expect, it } from '@jest/globals';
import { assignmentAt, incidentWith } from '../incidents/incident.harness.ts';
import { bookingsIn } from './booking-figures.ts';
import { casesOf, figuresOf } from './month-rules.ts';
import { monthSheet } from './month-sheet.ts';

it('is one figure a line in Bahasa: minutes with a decimal comma, empty where nothing was measured', () => {
  const atMs = { dispatched: 60_000, 'on-scene': 390_000 };
  const incident = incidentWith({
    ...{ status: 'closed', disposition: 'handled', kind: 'fire', openedAtMs: 0 },
    assignments: [assignmentAt('clear', { atMs })],
  });
  const books = { incidents: [incident], calls: [], fromMs: 0 };
  const figures = figuresOf(books, casesOf(books));
  const bookings = bookingsIn([{ purpose: 'deceased', status: 'cancelled', history: [{ step: 'diverted' }] }]);
  const month = { ...figures, bookings, month: '2026-11', reckonedAtMs: 0, exercises: 0, units: [] };
  const lines = monthSheet(month).split('\r\n');
  expect(lines).toContain('Jenis;Kebakaran;Panggilan pertama sampai di lokasi, P50;menit;6,5;1;0;0');
  expect(lines).toContain('Jenis;Kebakaran;Diterima sampai berangkat, P90;menit;;0;1;0');
  expect(lines).toContain('Kelurahan;Tidak diketahui;Kejadian;kejadian;1');
  expect(lines).toContain('Pesanan ambulans;Semua;Diminta;pesanan;1');
  expect(lines).toContain('Pesanan ambulans;Jenazah;Ambulansnya dialihkan ke darurat;pesanan;1');
  expect(lines).toContain('Pesanan ambulans;Kontrol;Diantar;pesanan;0');
  expect(lines).toContain('Panggilan;Ghost;Kategori;panggilan;0');
});
