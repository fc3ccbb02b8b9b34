//go:build !race

package features_test

// raceDetector makes everything here several times slower.
const raceDetector = false
