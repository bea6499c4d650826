// The timed work in Eigen, for `compare`: straightforward code with products that allocate nothing, compiled
// for the processor that it runs on. It answers the lines that peers/peer.py describes, and shares no code
// with what it is compared with; it knows only the plain .npy files that `initlab_bench --write-work` writes.
#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace {

// Samples are columns. Which order is faster depends on the layers: small ones gain by samples side by side,
// large ones by units side by side.
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ColumnMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic>;
using Vector = Eigen::VectorXd;
constexpr double kRate = 0.01;
constexpr int kSide = 512;

// float64, C order, version 1.0; a vector becomes one row.
RowMajor read_npy(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  const std::string bytes = text.str();
  if (bytes.size() < 10) return {};
  const std::size_t header =
      static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
  const std::size_t shape = bytes.find("'shape': (") + 10;
  long rows = 1;
  long columns = 0;
  if (std::sscanf(bytes.c_str() + shape, "%ld, %ld", &rows, &columns) == 1) {
    columns = rows;
    rows = 1;
  }
  RowMajor values(rows, columns);
  std::memcpy(values.data(), bytes.data() + 10 + header,
              sizeof(double) * static_cast<std::size_t>(values.size()));
  return values;
}

template <class Matrix>
struct Layer {
  Matrix w, d_w;
  Vector b, d_b;
  Matrix a, d;  // (units, samples): activations, and the gradient of the cost by what went into them
};

template <class Matrix>
std::vector<Layer<Matrix>> read_layers(const std::string& folder) {
  std::vector<Layer<Matrix>> layers;
  while (true) {
    const std::string number = std::to_string(layers.size() + 1);
    Layer<Matrix> layer;
    layer.w = read_npy(folder + "/w" + number + ".npy");
    if (layer.w.size() == 0) return layers;
    layer.b = read_npy(folder + "/b" + number + ".npy").transpose();
    layer.d_w.resizeLike(layer.w);
    layer.d_b.resizeLike(layer.b);
    layers.push_back(std::move(layer));
  }
}

class Work {
 public:
  virtual ~Work() = default;
  // One step; returns the cost before it.
  virtual double step() = 0;
};

template <class Matrix>
class Training : public Work {
 public:
  Training(const std::string& folder, bool tanh) : layers_(read_layers<Matrix>(folder)), tanh_(tanh) {
    x_ = read_npy(folder + "/x.npy");
    const RowMajor labels = read_npy(folder + "/y.npy");
    const long units = layers_.back().w.rows();
    y_ = labels;
    if (units > 1) {
      y_ = Matrix::Zero(units, labels.cols());
      for (long i = 0; i < labels.cols(); ++i) y_(static_cast<long>(labels(0, i)), i) = 1;
    }
    for (Layer<Matrix>& layer : layers_) {
      layer.a.resize(layer.w.rows(), x_.cols());
      layer.d.resize(layer.w.rows(), x_.cols());
    }
  }

  double step() override {
    const double cost = forward();
    Layer<Matrix>& last = layers_.back();
    last.d = (last.a - y_) / static_cast<double>(x_.cols());
    for (std::size_t l = layers_.size(); l-- > 0;) {
      Layer<Matrix>& layer = layers_[l];
      const Matrix& in = l == 0 ? x_ : layers_[l - 1].a;
      layer.d_w.noalias() = layer.d * in.transpose();
      layer.d_b.noalias() = layer.d.rowwise().sum();
      if (l > 0) {
        Layer<Matrix>& below = layers_[l - 1];
        below.d.noalias() = layer.w.transpose() * layer.d;
        if (tanh_) {
          below.d.array() *= 1 - below.a.array().square();
        } else {
          below.d.array() = (below.a.array() > 0).select(below.d.array(), 0.0);
        }
      }
      layer.w -= kRate * layer.d_w;
      layer.b -= kRate * layer.d_b;
    }
    return cost;
  }

 private:
  double forward() {
    const Matrix* in = &x_;
    for (Layer<Matrix>& layer : layers_) {
      layer.a.noalias() = layer.w * *in;
      layer.a.colwise() += layer.b;
      in = &layer.a;
      if (&layer == &layers_.back()) break;
      if (tanh_) {
        // By exp, which Eigen computes in vectors; its tanh of doubles is the C library's.
        layer.a.array() = 1 - 2 / ((2 * layer.a.array()).exp() + 1);
      } else {
        layer.a.array() = layer.a.array().max(0.0);
      }
    }
    return output(layers_.back().a);
  }
  // The cost; z becomes the probabilities.
  double output(Matrix& z) {
    const auto m = static_cast<double>(z.cols());
    if (z.rows() == 1) {
      z.array() = 1 / (1 + (-z.array()).exp());
      return -(z.array().log() * y_.array() + (1 - z.array()).log() * (1 - y_.array())).sum() / m;
    }
    largest_ = z.colwise().maxCoeff();
    z.rowwise() -= largest_;
    const double right = (z.array() * y_.array()).sum();
    z.array() = z.array().exp();
    total_ = z.colwise().sum();
    z.array().rowwise() /= total_.array();
    return (total_.array().log().sum() - right) / m;
  }

  std::vector<Layer<Matrix>> layers_;
  bool tanh_;
  Matrix x_, y_;
  Eigen::RowVectorXd largest_, total_;
};

class Field : public Work {
 public:
  explicit Field(const std::string& folder) : layers_(read_layers<RowMajor>(folder)) {
    double x_min = 0;
    double x_max = 0;
    double y_min = 0;
    double y_max = 0;
    std::ifstream(folder + "/field.txt") >> x_min >> x_max >> y_min >> y_max;
    grid_.resize(2, kSide * kSide);
    for (int i = 0; i < kSide * kSide; ++i) {
      grid_(0, i) = x_min + (i % kSide + 0.5) / kSide * (x_max - x_min);
      grid_(1, i) = y_max - (i / kSide + 0.5) / kSide * (y_max - y_min);
    }
    logit_.resize(kSide * kSide);
  }

  // The mean of the logits. Some thousand cells at a time, so that they stay in cache.
  double step() override {
    constexpr int kBlock = 2048;
    for (int start = 0; start < kSide * kSide; start += kBlock) {
      for (std::size_t l = 0; l < layers_.size(); ++l) {
        Layer<RowMajor>& layer = layers_[l];
        layer.a.resize(layer.w.rows(), kBlock);
        if (l == 0) {
          layer.a.noalias() = layer.w * grid_.middleCols(start, kBlock);
        } else {
          layer.a.noalias() = layer.w * layers_[l - 1].a;
        }
        layer.a.colwise() += layer.b;
        if (l + 1 < layers_.size()) layer.a.array() = layer.a.array().max(0.0);
      }
      logit_.segment(start, kBlock) = layers_.back().a.row(0).cast<float>().transpose();
    }
    return logit_.cast<double>().mean();
  }

 private:
  std::vector<Layer<RowMajor>> layers_;
  RowMajor grid_;
  Eigen::VectorXf logit_;
};

std::unique_ptr<Work> make_work(const std::string& folder, const std::string& name) {
  if (name == "field") return std::make_unique<Field>(folder + "/course");
  if (name == "course") return std::make_unique<Training<RowMajor>>(folder + "/course", false);
  return std::make_unique<Training<ColumnMajor>>(folder + '/' + name, name == "deep_tanh");
}

// What others do on this core does not count.
double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double seconds_of(Work& work, long steps) {
  const double start = processor_seconds();
  for (long i = 0; i < steps; ++i) work.step();
  return processor_seconds() - start;
}

// The median over pieces of the time: a neighbour on the machine disturbs some, not half of them.
double seconds_a_step(Work& work, double seconds) {
  constexpr int kPieces = 15;
  work.step();
  long steps = 1;
  double took = seconds_of(work, steps);
  for (; took < seconds / kPieces / 2; took = seconds_of(work, steps)) steps *= 2;
  steps = std::max(1L, std::lround(static_cast<double>(steps) * seconds / kPieces / took));
  std::array<double, kPieces> pieces{};
  for (double& piece : pieces) piece = seconds_of(work, steps);
  std::nth_element(pieces.begin(), pieces.begin() + kPieces / 2, pieces.end());
  return pieces[kPieces / 2] / static_cast<double>(steps);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: eigen_bench FOLDER\n", stderr);
    return 2;
  }
  std::printf("Eigen %d.%d.%d\n", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION);
  std::fflush(stdout);
  std::string verb;
  std::string name;
  double number = 0;
  while (std::cin >> verb >> name >> number) {
    const std::unique_ptr<Work> work = make_work(argv[1], name);
    double answer = 0;
    if (verb == "check") {
      for (long i = 0; i < static_cast<long>(number); ++i) work->step();
      answer = work->step();
    } else {
      answer = seconds_a_step(*work, number);
    }
    std::printf("%.17g\n", answer);
    std::fflush(stdout);
  }
  return 0;
}
