import { Controller } from '@nestjs/common';
import {
  AskCallerPlace,
  BeatCall,
  CallBack,
  ClaimCall,
  CloseCall,
  GetCall,
  ListCalls,
  OpenCall,
  WriteCall,
  type InputOf,
} from '@siaga/contracts';
import { hashOfSecret, newSecret } from '@siaga/identity';
import { currentContext, Route } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { callOf } from './call-document.ts';
import { PLACE_LINK_MS } from './call-rules.ts';
import { CallsStore } from './calls.store.ts';

/** Calls as the desk takes, writes and closes them. */
@Controller()
export class CallsController {
  constructor(private readonly calls: CallsStore) {}

  @Route(OpenCall)
  async open({ body }: InputOf<typeof OpenCall>) {
    return callOf(await this.calls.open(body));
  }

  @Route(ListCalls)
  async list({ query }: InputOf<typeof ListCalls>) {
    const { items, next } = await this.calls.page(query);
    return { items: items.map(callOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetCall)
  async get({ params: { callId } }: InputOf<typeof GetCall>) {
    return callOf(await this.calls.get(callId));
  }

  @Route(ClaimCall)
  async claim({ params: { callId }, body }: InputOf<typeof ClaimCall>) {
    return callOf(await this.calls.claim(callId, body));
  }

  @Route(BeatCall)
  async beat({ params: { callId } }: InputOf<typeof BeatCall>) {
    return callOf(await this.calls.beat(callId));
  }

  @Route(WriteCall)
  async write({ params: { callId }, body }: InputOf<typeof WriteCall>) {
    return callOf(await this.calls.write(callId, body));
  }

  @Route(CallBack)
  async callBack({ params: { callId } }: InputOf<typeof CallBack>) {
    return callOf(await this.calls.callBack(callId));
  }

  @Route(CloseCall)
  async close({ params: { callId }, body }: InputOf<typeof CloseCall>) {
    return callOf(await this.calls.close(callId, body));
  }

  /** The code of the city is in front of the secret: whoever opens the link has not signed in anywhere. */
  @Route(AskCallerPlace)
  async askPlace({ params: { callId } }: InputOf<typeof AskCallerPlace>, { protocol, host }: FastifyRequest) {
    const secret = newSecret();
    const { locationAskedMs } = await this.calls.askPlace(callId, hashOfSecret(secret));
    const url = `${protocol}://${host}/lokasi#${currentContext().city}.${secret}`;
    return { url, untilMs: locationAskedMs ?? Date.now() + PLACE_LINK_MS };
  }
}
