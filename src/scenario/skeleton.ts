/** A scenario to fill in, with remarks that say what is what. It is well formed as it stands. */
export function skeleton(): string {
  return `# yaml-language-server: $schema=scenario.schema.json
# A scenario for drydock. Every text is in English (en) and Korean (ko, 해요체).
# Check it with: drydock scenario lint FILE        Try it with: drydock scenario run FILE
title:
  en: A title
  ko: 제목
goal:
  en: What the learner can do afterwards.
  ko: 배우고 나면 할 수 있는 일을 적어요.
place: 200 # where it stands in the list
level: beginner # beginner, intermediate or advanced
minutes: 5
teaches: # one idea each
  - en: the idea
    ko: 배우는 것

# The world that it begins with (may be left out): commands that are run, and files of the simulated host.
# session: FILE takes a file of drydock session export, which stands beside this one, as the world before that.
# faults: things that go wrong, here or when a step begins. The first key of a fault tells its kind:
#   registry: down, limited (left: 2) or up     disk: 20MB (room that is left)     port: 8080 (by: old-server)
#   crash: PART OF A COMMAND LINE (after: 5, signal: SIGSEGV, again: true)
start:
  commands:
    - docker pull alpine
  files:
    /home/learner/hello.txt: |
      hello

steps:
  - text:
      en: What to do, and why. Do not give the command away.
      ko: 무엇을 왜 하는지 적어요. 명령을 그대로 알려 주지는 마세요.
    # A question to answer before seeing (may be left out). answer: the number of the right choice.
    predict:
      question:
        en: What will happen?
        ko: 어떻게 될까요?
      choices:
        - { en: "this", ko: "이렇게" }
        - { en: "that", ko: "저렇게" }
      answer: 1
      because:
        en: The reason.
        ko: 그 이유예요.
    # The step is done when all of these are so. The first key of a check tells its kind:
    #   container: web     with state, exit, image, env, port, mount, network, restart, user, memory, health, logs, file, ...
    #   image: my-app      with below, layers, onto, same, runs, env, user, file, lacks, secret, history
    #   network: NAME      with containers            volume: NAME    with file, contains
    #   file: /PATH        with contains              http: URL       with status, contains
    #   process: TEXT      status: 0      printed: TEXT      used: docker logs      cached: 3      vm: NAME with state
    #   all: [...]   any: [...]   not: {...}          and each may say something of its own: otherwise: { en, ko }
    # A * in a name stands for any characters.
    checks:
      - container: web
        state: running
        image: alpine
    hints: # from a nudge to the explanation
      nudge:
        en: Where to look.
        ko: 어디를 보면 될지 알려 줘요.
      concept:
        en: The idea that is needed.
        ko: 필요한 개념을 알려 줘요.
      command: docker run -d --name web alpine sleep 600
      explanation:
        en: What each part of the command does.
        ko: 명령의 각 부분이 하는 일을 설명해요.
    solution: # the reference solution: each command stands alone
      - docker run -d --name web alpine sleep 600
    also: # other ways that must be accepted (may be left out)
      - - docker create --name web alpine sleep 600
        - docker start web
    wrong: # what must not be accepted, and what it misses (may be left out)
      - commands:
          - docker run --name web alpine true
        misses:
          en: It ends at once.
          ko: 바로 끝나 버려요.
    learned:
      en: What was seen.
      ko: 알게 된 것을 적어요.
learned:
  en: What stays in mind of all this.
  ko: 전체에서 기억할 것을 적어요.
`;
}
