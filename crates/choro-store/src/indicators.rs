//! Indicators: their definitions, kept as JSON, since an indicator is data and its shape is `model`'s.

use crate::{
    codes::split_codes,
    db::{Db, query, query_as, query_scalar, read, row},
    error::StoreError,
    store::Store,
};
use choro_model::{Dimension, Indicator};

impl Store {
    /// Adds indicators, or takes their new definitions; those that are not given stay. A change that stored observations
    /// would not survive (other dimensions, a code gone that they use) is refused.
    pub async fn put_indicators(&self, indicators: &[Indicator]) -> Result<(), StoreError> {
        let mut tx = self.pool.begin_write().await?;
        for (ordinal, indicator) in (0_i64..).zip(indicators) {
            check_change(&mut tx, indicator).await?;
            let definition = read(|| format!("indicator {}", indicator.id), serde_json::to_string(indicator))?;
            query(
                "INSERT INTO indicator (id, ordinal, definition) VALUES ($1, $2, $3) \
                 ON CONFLICT (id) DO UPDATE SET ordinal = excluded.ordinal, definition = excluded.definition",
            )
            .bind(indicator.id.as_str())
            .bind(ordinal)
            .bind(definition)
            .execute(&mut tx)
            .await?;
        }
        tx.commit().await
    }

    /// All indicators in the order of their file.
    pub async fn indicators(&self) -> Result<Vec<Indicator>, StoreError> {
        let mut db = self.pool.begin_read().await?;
        all(&mut db).await
    }
}

row! {
    struct IndicatorRow { id: String, definition: String, ordinal: i64 }
}

row! {
    /// The codes of series, and how many observations they have.
    struct UsedCodes { codes: String, observations: i64 }
}

/// All indicators in the order of their file.
pub(crate) async fn all(db: &mut Db) -> Result<Vec<Indicator>, StoreError> {
    let mut rows: Vec<IndicatorRow> = query_as("SELECT id, definition, ordinal FROM indicator").fetch_all(db).await?;
    rows.sort_by(|a, b| (a.ordinal, &a.id).cmp(&(b.ordinal, &b.id)));
    rows.iter().map(|row| read(|| format!("indicator {}", row.id), serde_json::from_str(&row.definition))).collect()
}

async fn check_change(db: &mut Db, new: &Indicator) -> Result<(), StoreError> {
    let query = query_as(
        "SELECT s.codes, COUNT(*) AS observations FROM series s JOIN observation o ON o.series_id = s.id WHERE s.indicator = $1 GROUP BY s.codes",
    );
    let used: Vec<UsedCodes> = query.bind(new.id.as_str()).fetch_all(db).await?;
    if used.is_empty() {
        return Ok(());
    }
    let old: String =
        query_scalar("SELECT definition FROM indicator WHERE id = $1").bind(new.id.as_str()).fetch_one(db).await?;
    let old: Indicator = read(|| format!("indicator {}", new.id), serde_json::from_str(&old))?;
    match change(&old, new, &used)? {
        None => Ok(()),
        Some(change) => {
            let observations = used.iter().map(|used| used.observations).sum();
            Err(StoreError::IndicatorInUse { indicator: new.id.to_string(), change, observations })
        }
    }
}

/// What would break the stored observations, in words.
fn change(old: &Indicator, new: &Indicator, used: &[UsedCodes]) -> Result<Option<String>, StoreError> {
    let (before, after) = (dimension_ids(&old.dimensions), dimension_ids(&new.dimensions));
    if before != after {
        return Ok(Some(format!("its dimensions change from {before} to {after}")));
    }
    for used in used {
        let codes = read(|| format!("series of {}", new.id), split_codes(&used.codes))?;
        let gone = codes.iter().zip(&new.dimensions).find(|(code, d)| !d.code_list.items.iter().any(|i| i.code == **code));
        if let Some((code, dimension)) = gone {
            return Ok(Some(format!("code {code} of dimension {} disappears", dimension.id)));
        }
    }
    Ok(None)
}

/// The ids in order, comma separated; `none` for an indicator without dimensions.
pub(crate) fn dimension_ids(dimensions: &[Dimension]) -> String {
    let ids: Vec<_> = dimensions.iter().map(|d| d.id.as_str()).collect();
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}
