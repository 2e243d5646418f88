package main

import (
	"fmt"
	"strings"
)

func printCorpus(c *corpus, a *asker) {
	length := 0
	for i := range c.documents {
		for _, p := range c.documents[i] {
			length += len(c.paragraphs[p])
		}
	}
	fmt.Printf("\n== %d documents: %d as the packages have them, %d recombined of their paragraphs; %d bytes on average\n",
		len(c.documents), c.originals, len(c.documents)-c.originals, length/len(c.documents))
	fmt.Println(a.about())
	fmt.Printf("\n%-11s %9s %9s %10s %9s %11s %8s\n", "index", "s", "docs/s", "docs/CPU-s", "MiB disk", "MiB VmHWM", "MiB Go")
}

func printBuilt(e engine, documents int) {
	rate, memory, inGo := "–", "–", "–"
	if e.built.CPU > 0 {
		rate, memory = fmt.Sprintf("%.0f", float64(documents)/e.built.CPU), fmt.Sprintf("%.0f", e.built.Memory)
	}
	if e.built.Go > 0 {
		inGo = fmt.Sprintf("%.0f", e.built.Go)
	}
	fmt.Printf("%-11s %9.1f %9.0f %10s %9.1f %11s %8s\n", e.name, e.built.Wall, float64(documents)/e.built.Wall, rate, float64(e.built.Size)/(1<<20), memory, inGo)
}

// figures are what the questions of one kind have cost an engine, in ms, and
// in how many of a hundred it found something.
type figures struct{ p50, p95, p99, cpu, cpu95, some float64 }

func (e engine) figures(questions []question, kind string) figures {
	var wall, cpu []float64
	some := 0
	for i, q := range questions {
		if q.Kind != kind {
			continue
		}
		wall, cpu = append(wall, e.answers[i].Wall), append(cpu, e.answers[i].CPU)
		if len(e.answers[i].Documents) > 0 {
			some++
		}
	}
	return figures{percentile(wall, 50), percentile(wall, 95), percentile(wall, 99), mean(cpu), percentile(cpu, 95), 100 * float64(some) / float64(max(len(wall), 1))}
}

// printTimes prints how long each kind takes, and how many times ours others take.
func printTimes(engines []engine, questions []question) {
	fmt.Println("\nms to wait for 20 results with excerpts and the total; one core, each question once; × is times ours")
	printHeads(engines, 26, 44)
	fmt.Printf("%-30s %4s", "kind of question", "n")
	for i := range engines {
		fmt.Printf("  %8s %8s %8s", "p50", "p95", "p99")
		if i > 0 {
			fmt.Printf(" %8s %8s", "× p50", "× p95")
		}
	}
	fmt.Println()
	for _, kind := range kinds {
		ours := printKind(engines[0], questions, kind)
		for i, e := range engines {
			its := e.figures(questions, kind)
			fmt.Printf("  %8.2f %8.2f %8.2f", its.p50, its.p95, its.p99)
			if i > 0 {
				fmt.Printf(" %8.2f %8.2f", its.p50/ours.p50, its.p95/ours.p95)
			}
		}
		fmt.Println()
	}
}

// printCPU prints what each kind costs, which other work on the machine
// disturbs less than the time to wait.
func printCPU(engines []engine, questions []question) {
	fmt.Println("\nms of CPU for the same; found: questions in a hundred that had any result")
	printHeads(engines, 25, 34)
	fmt.Printf("%-30s %4s", "kind of question", "n")
	for i := range engines {
		fmt.Printf("  %8s %8s %7s", "mean", "p95", "found")
		if i > 0 {
			fmt.Printf(" %8s", "× mean")
		}
	}
	fmt.Println()
	for _, kind := range kinds {
		ours := printKind(engines[0], questions, kind)
		for i, e := range engines {
			its := e.figures(questions, kind)
			fmt.Printf("  %8.2f %8.2f %7.0f", its.cpu, its.cpu95, its.some)
			if i > 0 {
				fmt.Printf(" %8.2f", its.cpu/ours.cpu)
			}
		}
		fmt.Println()
	}
}

// printHeads prints the names of the engines over their columns.
func printHeads(engines []engine, ours, others int) {
	fmt.Printf("%-30s %4s", "", "")
	for i, e := range engines {
		width := ours
		if i > 0 {
			width = others
		}
		fmt.Printf("  %s %s", e.name, strings.Repeat("-", width-len(e.name)-1))
	}
	fmt.Println()
}

// printKind begins a line, and returns our figures.
func printKind(ours engine, questions []question, kind string) figures {
	n := 0
	for _, q := range questions {
		if q.Kind == kind {
			n++
		}
	}
	fmt.Printf("%-30s %4d", kind, n)
	return ours.figures(questions, kind)
}

// printFound prints how well the known documents were found.
func printFound(engines []engine, questions []question) {
	fmt.Printf("\nMRR@10 of known documents, by 3 to 5 of their most telling words\n%-30s %4s", "words", "n")
	for _, e := range engines {
		fmt.Printf(" %10s", e.name)
	}
	fmt.Println()
	for _, way := range ways {
		n, sums := 0, make([]float64, len(engines))
		for i, q := range questions {
			if q.Kind != way {
				continue
			}
			n++
			for at, e := range engines {
				sums[at] += reciprocal(e.answers[i].Documents, q.Right)
			}
		}
		fmt.Printf("%-30s %4d", way, n)
		for at := range engines {
			fmt.Printf(" %10.3f", sums[at]/float64(max(n, 1)))
		}
		fmt.Println()
	}
}
