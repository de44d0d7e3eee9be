/** What routes need of the environment: the city behind this door and the secret that signs its tokens. */
export class RouteSettings {
  constructor(
    readonly city: string,
    readonly secret: string | undefined,
  ) {}
}
