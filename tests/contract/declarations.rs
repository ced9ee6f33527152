//! Reads the TypeScript declarations, generated and hand-written, as far as the contract tests need it.

use std::collections::BTreeMap;

/// All declarations, by their names.
pub struct Declarations(BTreeMap<String, Declaration>);

/// One declared type.
#[derive(Default)]
pub struct Declaration {
    /// Its own fields.
    pub fields: Vec<Field>,
    /// The other types of its intersection.
    pub parts: Vec<String>,
    /// The alternatives, where it is a union.
    pub alternatives: Vec<String>,
    /// The comment before it.
    pub comment: String,
}

/// One field of a declared type.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub optional: bool,
    /// The alternatives of its type, without `undefined`.
    pub types: Vec<String>,
    /// The comment before it.
    pub comment: String,
}

impl Declarations {
    pub fn read(text: &str) -> Self {
        let mut all: BTreeMap<String, Declaration> = BTreeMap::new();
        let mut open: Option<String> = None;
        let mut comment = String::new();
        for line in text.lines().map(str::trim_end) {
            if line.trim_start().starts_with(['/', '*']) {
                comment.push_str(line.trim().trim_matches(['/', '*']));
                continue;
            }
            let comment = std::mem::take(&mut comment);
            let start = line
                .strip_prefix("export interface ")
                .or(line.strip_prefix("export type "))
                .filter(|start| !start.starts_with('*'));
            if let Some(start) = start {
                let (name, declaration) = head(start);
                open = line.ends_with(['{', '=']).then(|| name.clone());
                // An interface may be declared twice: then it has the fields of both.
                let merged = all.entry(name).or_default();
                merged.comment.push_str(&comment);
                merged.parts.extend(declaration.parts);
                merged.alternatives.extend(declaration.alternatives);
            } else if let Some(alternative) = line.strip_prefix("    | ") {
                let union = open.as_ref().and_then(|name| all.get_mut(name));
                let alternative = alternative.trim_end_matches(';').to_owned();
                union.expect("a union").alternatives.push(alternative);
            } else if line.starts_with('}') {
                open = None;
            } else if let Some(declaration) = open.as_ref().and_then(|name| all.get_mut(name))
                && let Some(field) = field(line, comment)
            {
                declaration.fields.push(field);
            }
        }
        Self(all)
    }

    pub fn get(&self, name: &str) -> Option<&Declaration> {
        self.0.get(name)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&String, &Declaration)> {
        self.0.iter()
    }

    /// Every combination of a type's fields: one for each choice among the alternatives of its
    /// parts.
    pub fn ways(&self, name: &str) -> Vec<Vec<Field>> {
        let declaration = self
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not declared"));
        if !declaration.alternatives.is_empty() {
            return declaration
                .alternatives
                .iter()
                .flat_map(|one| self.ways(one))
                .collect();
        }
        let own = vec![declaration.fields.clone()];
        declaration.parts.iter().fold(own, |ways, part| {
            let more = self.ways(part);
            let both = |way: &Vec<Field>| -> Vec<Vec<Field>> {
                more.iter()
                    .map(|part| [way.as_slice(), part].concat())
                    .collect()
            };
            ways.iter().flat_map(both).collect()
        })
    }

    /// A type whose names for lists of values are replaced by the lists.
    pub fn values(&self, types: &[String]) -> Vec<String> {
        let all = types.iter().flat_map(|one| match self.get(one) {
            Some(list) if list.fields.is_empty() && list.parts.is_empty() => {
                list.alternatives.clone()
            }
            _ => vec![one.clone()],
        });
        all.collect()
    }
}

/// `Name {`, `Name extends A {`, `Name = A | B;`, `Name = A & B & {`
fn head(start: &str) -> (String, Declaration) {
    if let Some((name, rest)) = start.split_once(" extends ") {
        let mut declaration = Declaration::default();
        // A computed type has no own fields.
        if let Some(part) = rest.strip_suffix(" {") {
            declaration.parts.push(part.to_owned());
        }
        return (name.to_owned(), declaration);
    }
    let text = start.trim_end_matches(['{', ';', ' ', '&', '=']);
    let (name, value) = text.split_once(" = ").unwrap_or((text, ""));
    let mut declaration = Declaration::default();
    if start.ends_with("& {") {
        declaration.parts = value.split(" & ").map(str::to_owned).collect();
    } else if !value.is_empty() {
        declaration.alternatives = alternatives(value);
    }
    (name.to_owned(), declaration)
}

/// `    name?: A | B | undefined;`, at the first depth only.
fn field(line: &str, comment: String) -> Option<Field> {
    let line = line.strip_prefix("    ")?.strip_suffix(';')?;
    if line.starts_with(' ') {
        return None;
    }
    let line = line.strip_prefix("readonly ").unwrap_or(line);
    let (name, types) = line.split_once(": ")?;
    let mut types = alternatives(types);
    types.retain(|one| one != "undefined");
    let (name, optional) = name
        .strip_suffix('?')
        .map_or((name, false), |name| (name, true));
    Some(Field {
        name: name.to_owned(),
        optional,
        types,
        comment,
    })
}

fn alternatives(types: &str) -> Vec<String> {
    types.split(" | ").map(str::to_owned).collect()
}
