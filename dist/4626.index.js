export const id=4626;export const ids=[4626];export const modules={94626:((e,t,n)=>{n.r(t),n.d(t,{define:()=>completion_define});var r=n(48179),i=n(59869);function bashCompletion(e){return`# Completion of buildcache for bash. In ~/.bashrc: source <(buildcache completion bash)
_buildcache() {
  local cur=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD - 1]}
  local verb=\${COMP_WORDS[1]} options= verbs= choices= value= words i
  COMPREPLY=()
  # bash makes words of their own of the = in --option=value.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $option == = ]]; then
    option=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W '${e.flatMap(({names:e})=>e).join(` `)} help --help --version' -- "$cur"))
    return
  fi
  # What follows -- is a command.
  for ((i = 2; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} == -- ]]; then return; fi
  done
${e.filter(e=>e.verbs.length>0).map(({name:e})=>`  if [[ $verb == ${e} && $COMP_CWORD -gt 2 ]]; then verb="${e} \${COMP_WORDS[2]}"; fi\n`).join(``)}  case $verb in
    help)
      words='${e.map(({name:e})=>e).join(` `)}'
      COMPREPLY=($(compgen -W "$words" -- "$cur"))
      return
      ;;
${e.flatMap(e=>[e,...e.verbs]).map(branch).join(``)}  esac
  if [[ -n $choices ]]; then
    COMPREPLY=($(compgen -W "$choices" -- "$cur"))
  elif [[ $value == text ]]; then
    compopt +o default +o bashdefault 2>/dev/null # bash 3.2 has none, and then offers files
  elif [[ $value != path && $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  elif [[ $value != path ]]; then
    COMPREPLY=($(compgen -W "$verbs" -- "$cur"))
  fi
  # Where nothing is said, bash completes files.
}
complete -o default -o bashdefault -F _buildcache buildcache
`}function branch({name:e,names:t,options:n,verbs:r,arguments:i}){let a=[...r.flatMap(e=>e.names),...i[0]?.choices??[]],o=e.includes(` `)?`${e.slice(0,e.lastIndexOf(` `))} `:``;return`${[`    ${t.map(e=>o===``?e:`'${o}${e}'`).join(` | `)})`,`      options='${n.flatMap(e=>e.names).join(` `)}'`,...a.length===0?[]:[`      verbs='${a.join(` `)}'`],`      case $option in`,...n.flatMap(valueBranch).map(e=>`        ${e}`),`      esac`,`      ;;`].join(`
`)}\n`}function valueBranch({names:e,value:t}){let n=`${e.join(` | `)})`;switch(t.kind){case`nothing`:return[];case`choice`:return[`${n} choices='${t.choices.join(` `)}' ;;`];case`path`:case`text`:return[`${n} value=${t.kind} ;;`]}}function fishCompletion(e){return`${[`# Completion of buildcache for fish. buildcache completion fish > ~/.config/fish/completions/buildcache.fish`,`function __buildcache_verb`,`  set -l words (commandline -opc)`,`  test (count $words) -ge 2; and contains -- $words[2] $argv`,`end`,`function __buildcache_verbs`,`  set -l words (commandline -opc)`,`  test (count $words) -ge 3; and test $words[2] = $argv[1]; and contains -- $words[3] $argv[2..-1]`,`end`,`complete -c buildcache -n 'test (count (commandline -opc)) -eq 1' -f -s V -l version -d 'print the version'`,...e.flatMap(e=>[...named(e,`test (count (commandline -opc)) -eq 1`),...e.options.map(t=>optionLine(t,`__buildcache_verb ${e.names.join(` `)}`)),...e.arguments.filter(({choices:e})=>e.length>0).map(({choices:t})=>`complete -c buildcache -n '__buildcache_verb ${e.name}' -f -a ${word(t.join(` `))}`),...e.verbs.flatMap(t=>[...named(t,`__buildcache_verb ${e.name}; and test (count (commandline -opc)) -eq 2`),...t.options.filter(({names:e})=>!e.includes(`--help`)).map(n=>optionLine(n,`__buildcache_verbs ${e.name} ${t.names.join(` `)}`))])])].join(`
`)}\n`}function named({names:e,summary:t},n){return e.map(e=>`complete -c buildcache -n ${word(n)} -f -a ${e} -d ${word(t)}`)}function optionLine({names:e,about:t,value:n},r){let i=e.map(e=>e.startsWith(`--`)?`-l ${e.slice(2)}`:`-s ${e.slice(1)}`);return`${`complete -c buildcache -n ${word(r)} ${i.join(` `)}${valueText(n)}`} -d ${word(t)}`}function valueText(e){switch(e.kind){case`nothing`:return``;case`choice`:return` -x -a ${word(e.choices.join(` `))}`;case`path`:return` -r -F`;case`text`:return` -x`}}let word=e=>`'${e.replaceAll(`\\`,`\\\\`).replaceAll(`'`,`\\'`)}'`;function zshCompletion(e){return`#compdef buildcache
# Completion of buildcache for zsh. In ~/.zshrc, after compinit: source <(buildcache completion zsh)
${e.flatMap(e=>[e,...e.verbs]).map(verbFunction).join(``)}
_buildcache() {
  local -a verbs
  verbs=(
${described(e)}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
${e.map(call).join(`
`)}
  esac
}

if [[ $funcstack[1] == _buildcache ]]; then
  _buildcache "$@"
else
  compdef _buildcache buildcache
fi
`}function verbFunction(e){let t=[...e.options.map(optionWord),...e.arguments.map(({name:e,isRepeatable:t,choices:n})=>{let r=n.length===0?`_files`:`(${n.join(` `)})`;return zsh_word(`${t?`*`:``}:${colons(e)}:${r}`)})],n=e.verbs.length===0?[]:below(e);return`\n${[`${functionOf(e)}() {`,...n,`  _arguments -s -S \\`,`    ${t.join(` \\
    `)}`,`}`].join(`
`)}\n`}function below(e){return[`  local -a verbs`,`  verbs=(`,described(e.verbs),`  )`,`  if (( CURRENT == 2 )); then`,`    _describe -t commands verb verbs`,`    return`,`  fi`,`  local verb=$words[2]`,`  shift words`,`  (( CURRENT-- ))`,`  case $verb in`,...e.verbs.map(call),`  esac`,`  return`]}function described(e){return e.flatMap(({names:e,summary:t})=>e.map(e=>`    ${zsh_word(`${colons(e)}:${t}`)}`)).join(`
`)}let call=e=>`    ${e.names.join(`|`)}) ${functionOf(e)} ;;`,functionOf=({name:e})=>`_buildcache_${e.replaceAll(/[^a-z]/g,`_`)}`;function optionWord({names:e,about:t,value:n,isRepeatable:r}){let i=`${`[${t.replaceAll(/[[\]\\]/g,`\\$&`)}]`}${zsh_valueText(n)}`,a=r?`*`:`(${e.join(` `)})`;return`${e.length===1?zsh_word(`${r?`*`:``}${e[0]}`):`${zsh_word(a)}{${e.join(`,`)}}`}${zsh_word(i)}`}function zsh_valueText(e){switch(e.kind){case`nothing`:return``;case`choice`:return`:${colons(e.name)}:(${e.choices.join(` `)})`;case`path`:return`:${colons(e.name)}:_files`;case`text`:return`:${colons(e.name)}: `}}let colons=e=>e.replaceAll(`:`,`\\:`),zsh_word=e=>`'${e.replaceAll(`'`,`'\\''`)}'`;var a=n(86599),o=n(38584);let s=/dir|file|url|mirror|env/;function defineProgram(e){return e.commands.filter(isShown).map(e=>defineVerb(e,``))}function defineVerb(e,t){let n=`${t}${e.name()}`;return{name:n,names:[e.name(),...e.aliases()],summary:e.description(),usage:e.usage(),arguments:e.registeredArguments.map(defineArgument),options:[...e.options.filter(({hidden:e})=>!e).map(defineOption),{flags:`-h, --help`,names:[`-h`,`--help`],about:`say what it takes`,default:void 0,value:{kind:`nothing`},isRepeatable:!1}],verbs:e.commands.filter(isShown).map(e=>defineVerb(e,`${n} `)),examples:o.h.find(e=>e.name===n)?.examples??[]}}function defineArgument(e){let t=e.argChoices??[];return{name:e.name(),about:e.description,isRepeatable:e.variadic,choices:t}}function defineOption(e){return{flags:e.flags,names:[e.short,e.long].filter(e=>e!=null),about:e.description,default:(0,a.VC)(e),value:valueAfter(e),isRepeatable:e.variadic||Array.isArray(e.defaultValue)}}function valueAfter({flags:e,argChoices:t}){let n=/[<[]([^<[>\]]+)[>\]]/.exec(e)?.[1];return n===void 0?{kind:`nothing`}:t===void 0?{kind:s.test(n)?`path`:`text`,name:n}:{kind:`choice`,name:n,choices:t}}function isShown(e){return Reflect.get(e,`_hidden`)!==!0}let c={bash:bashCompletion,zsh:zshCompletion,fish:fishCompletion};function completion_define(e,t){e.addArgument(new r.ef(`<shell>`,`whose script`).choices(Object.keys(c))).action(async e=>{let n=await(0,i.T)([],t,``);t.stdout.write(c[e](defineProgram(n)))})}})};