import type { MemberPicture, NetPicture, NetworkPicture, Reach } from '../../engine/networks/picture.ts';
import { wrap } from '../width.ts';
import { type Branch, drawBranches, onPage } from './branches.ts';
import { type NetTexts, netTextsEn, netTextsKo } from './net-texts.ts';
import type { ViewOptions } from './options.ts';

/** A host's network as a picture in text: bridges, what hangs on them, published ports, who reaches whom. */
export function netView(picture: NetPicture, options: ViewOptions): string[] {
  const texts = options.lang === 'ko' ? netTextsKo : netTextsEn;
  const { alone, cards, networks, onHost, reach } = picture;
  const parts: Branch[] = [
    ...cards.map((card) => ({ text: texts.card(card) })),
    ...networks.map((network) => networkBranch(network, texts)),
    ...(onHost.length > 0 ? [{ text: texts.onHost({ names: onHost }) }] : []),
    ...(alone.length > 0 ? [{ text: texts.alone({ names: alone }) }] : []),
  ];
  const lines = drawBranches([{ text: texts.host({ name: picture.host }), children: parts }], options);
  lines.push('', ...publishedLines(picture, texts, options));
  if (reach.length > 0) {
    const children = reach.map((one) => reachBranch(one, texts));
    lines.push('', ...drawBranches([{ text: texts.reachHeading, children }], options));
  }
  return lines;
}

function networkBranch({ address, bridge, internal, members, name, named }: NetworkPicture, texts: NetTexts): Branch {
  const about = named ? texts.userBridge : texts.defaultBridge;
  const notes = [about, ...(internal ? [texts.internal] : []), ...(members.length === 0 ? [texts.nobody] : [])];
  return {
    text: texts.bridge({ bridge, address, network: name }),
    notes,
    children: members.map((member) => memberBranch(member, texts)),
  };
}

function memberBranch({ address, aliases, container, listens, sharedWith }: MemberPicture, texts: NetTexts): Branch {
  const notes = [
    ...(aliases.length > 0 ? [texts.aliases({ names: aliases })] : []),
    ...(listens.length > 0 ? [texts.listens({ ports: listens })] : []),
    ...(sharedWith.length > 0 ? [texts.sharedWith({ names: sharedWith })] : []),
  ];
  return { text: `${container}  ${address}`, notes };
}

function publishedLines({ published }: NetPicture, texts: NetTexts, options: ViewOptions): string[] {
  if (published.length === 0) return wrap(onPage(texts.nothingPublished, options.plain), options.width);
  const children = published.map(({ answered, container, from, proto, to }) => ({
    text: texts.published({ from: proto === 'tcp' ? from : `${from}/${proto}`, container, to }),
    notes: answered === false ? [texts.unanswered] : [],
  }));
  return drawBranches([{ text: texts.publishedHeading, children }], options);
}

function reachBranch({ byAddress, byName, container, outside }: Reach, texts: NetTexts): Branch {
  const notes = [
    ...(byName.length > 0 ? [texts.byName({ names: byName })] : []),
    ...(byAddress.length > 0 ? [texts.byAddress({ names: byAddress })] : []),
    ...(byName.length + byAddress.length === 0 ? [texts.nobodyReached] : []),
    outside ? texts.outside : texts.noOutside,
  ];
  return { text: container, notes };
}
