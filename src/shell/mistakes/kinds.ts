/** Classical mistakes with docker's commands, with what their explanation needs to know. `meant` is the command to type instead. */
export interface MistakeData {
  /** Flags of `docker run` behind the image. */
  'flags-after-image': { readonly flag: string; readonly image: string; readonly meant: string };
  /** `-p` the wrong way round: the port in the container comes last. */
  'port-reversed': { readonly inside: string; readonly host: string; readonly image: string; readonly meant: string };
  /** The image says that it listens elsewhere. */
  'port-other': { readonly inside: string; readonly exposed: string; readonly image: string; readonly meant: string };
  /** A container was asked for by the name of an image, of which there is none yet. */
  'image-for-container': { readonly image: string; readonly meant: string };
  /** The same, and there is a container of that image. */
  'name-of-image': { readonly image: string; readonly container: string; readonly meant: string };
  'container-for-image': { readonly container: string; readonly meant: string };
  'tag-forgotten': { readonly image: string; readonly tags: string; readonly meant: string };
  'unnamed-build': { readonly meant: string };
  'context-forgotten': { readonly meant: string };
  'server-in-front': { readonly image: string; readonly meant: string };
  /** A prompt was typed (or copied) in front of the command. */
  'prompt-typed': { readonly mark: string; readonly meant: string };
  /** A line of docker's output was typed as a command. */
  'output-typed': { readonly word: string };
  'docker-left-out': { readonly verb: string; readonly meant: string };
  /** Typed with the Korean layout on. */
  'hangul-typed': { readonly word: string; readonly meant: string };
  /** The name that it has in other programs or systems. */
  'called-otherwise': { readonly word: string; readonly meant: string };
  'docker-misspelt': { readonly word: string; readonly meant: string };
}

export type MistakeKind = keyof MistakeData;

export type Mistake = { [K in MistakeKind]: { readonly kind: K; readonly data: MistakeData[K] } }[MistakeKind];

/** The reason, in one language; a missing kind does not compile. */
export type MistakeTexts = { readonly [K in MistakeKind]: (data: MistakeData[K]) => string };
