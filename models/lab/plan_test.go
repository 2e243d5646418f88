package lab

import (
	"context"
	"strings"
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

// What is counted and ordered is read from indexes: at ten thousand use cases,
// reading their rows, texts and all, would cost a hundred times as much.
func TestListsReadIndexesAlone(t *testing.T) {
	t.Parallel()
	store, _ := modelstest.Open(t)
	all := terms{}
	all.add(byLab, labTerm, []any{"1", "2"})
	all.add(byRegion, regionTerm, []any{"53"})
	all.add(byTheme, themeTerm, []any{"1", "2"})
	all.add(byAudience, audienceTerm, []any{"1"})
	all.add(byMaturity, maturityTerm, []any{"idea"})
	filters := map[string]terms{"none": {}, "all": all}
	for g := byLab; g <= byMaturity; g++ {
		filters[all[g].sql] = terms{g: all[g]}
	}
	err := store.View(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		for name, t2 := range filters {
			queries := map[string][]any{}
			for g := byLab; g <= byMaturity; g++ {
				query, args := countSQL(t2, g)
				queries[query] = args
			}
			where, args := t2.where(noGroup)
			queries["SELECT count(*) FROM use_cases u"+where] = args
			for _, by := range orders {
				queries[pageSQL(where, by)] = append(append([]any{}, args...), 12, 9000)
			}
			for query, args := range queries {
				var plan []struct{ Detail string }
				if err := tx.DB.Raw("EXPLAIN QUERY PLAN "+query, args...).Scan(&plan).Error; err != nil {
					return err
				}
				for _, step := range plan {
					touches := strings.Contains(step.Detail, " u ") || strings.HasSuffix(step.Detail, " u") || strings.Contains(step.Detail, "use_cases")
					if touches && !strings.Contains(step.Detail, "COVERING INDEX") {
						t.Errorf("filter %s: %s\n%s", name, query, step.Detail)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
