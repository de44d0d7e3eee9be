import { Controller } from '@nestjs/common';
import { ListTalkGroups } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { standingIn } from './group-rules.ts';
import { Groups } from './groups.ts';

@Controller()
export class GroupsController {
  constructor(private readonly groups: Groups) {}

  @Route(ListTalkGroups)
  list() {
    const { city, principal } = currentContext();
    const items = this.groups.of(city).flatMap((group) => {
      const standing = standingIn(group, principal);
      return standing === undefined ? [] : [{ ...group, agencies: [...group.agencies], mayTalk: standing.mayTalk }];
    });
    return { items };
  }
}
