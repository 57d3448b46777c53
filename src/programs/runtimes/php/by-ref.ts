/** Which parameters of built-in functions are taken by reference. */
export function byRefNatives(name: string, i: number): boolean {
  switch (name) {
    case 'preg_match':
    case 'preg_match_all':
      return i === 2;
    case 'str_replace':
    case 'str_ireplace':
      return i === 3;
    case 'preg_replace':
    case 'preg_replace_callback':
      return i === 4;
    case 'similar_text':
      return i === 2;
    case 'exec':
      return i === 1 || i === 2;
    default:
      return (
        i === 0 &&
        /^(?:[aku]?r?sort|uasort|uksort|usort|natsort|natcasesort|shuffle|array_(?:push|pop|shift|unshift|splice|walk|walk_recursive|multisort)|end|reset|next|prev|current|key|each|settype)$/.test(
          name,
        )
      );
  }
}
