import { Component, type ComponentType, createElement } from 'preact';

/** A component that is drawn again only if its properties differ, as `memo` of React. */
export function memo<Props extends object>(
  inner: ComponentType<Props>,
  isSame: (one: Props, other: Props) => boolean,
): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return !isSame(this.props as Props, next as Props);
    }
    override render() {
      return createElement(inner, this.props as Props);
    }
  };
}
